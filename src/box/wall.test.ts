import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeEach, expect, test, vi } from 'vitest';

import { needs } from '../../test/support/needs.ts';
import { seccompFilter } from './seccomp.ts';
import { behindWall, type View } from './wall.ts';

beforeEach((context) => needs(context, 'bubblewrap'));

const folder = mkdtempSync(join(tmpdir(), 'unroll-wall-'));
const filterFile = join(folder, 'filter');
writeFileSync(filterFile, seccompFilter() ?? '');
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program of Node's behind the wall prints. */
function behind(script: string, view: Partial<View> = {}): unknown {
  const filter = openSync(filterFile, 'r');
  const whole: View = { mounts: {}, devicePaths: [], variables: {}, proc: false, filter: 3, ...view };
  const [bwrap, ...words] = behindWall(['/bin/node', '-p', `JSON.stringify((() => { ${script} })())`], whole);
  const { stdout, stderr } = spawnSync(bwrap as string, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', filter] });
  closeSync(filter);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const can = `
  const { execFileSync } = require('node:child_process');
  const fs = require('node:fs');
  const os = require('node:os');
  const can = (deed) => { try { deed(); return true; } catch { return false; } };
`;

test('only libraries, Node and a shell are in sight', () => {
  expect(behind(`${can} return fs.readdirSync('/').filter((name) => !/^lib/.test(name)).toSorted();`)).toEqual(
    expect.not.arrayContaining(['root', 'home', 'work', 'srv', 'var', 'mnt', 'opt', 'sys']),
  );
  expect(behind(`${can} return [fs.readdirSync('/bin'), fs.readdirSync('/etc'), fs.readdirSync('/tmp')];`)).toEqual([
    ['node', 'sh'],
    expect.not.arrayContaining(['passwd', 'hostname', 'ssl']),
    [],
  ]);
});

test.for<[string, string, unknown]>([
  [
    'nothing but the scratch folders can be written',
    "return ['/', '/usr', '/usr/lib', '/bin', '/dev', '/etc', '/tmp', '/box'].map((at) => can(() => fs.writeFileSync(at + '/here', '')));",
    [false, false, false, false, false, false, true, true],
  ],
  ['the user is nobody, in no group', 'return [process.getuid(), process.getgid(), process.getgroups()];', [65534, 65534, [65534]]],
  ['no program can be run as another user', "return can(() => execFileSync('/usr/bin/bwrap'));", false],
  ['/proc tells nothing', "return [fs.readdirSync('/proc'), fs.readdirSync('/proc/self')];", [['self'], ['exe']]],
  ['the machine’s name is not told', 'return os.hostname();', 'box'],
  ['no variable but the named ones is there', 'return Object.keys(process.env).toSorted();', ['HOME', 'NAMED', 'PATH', 'PWD', 'TMPDIR']],
  [
    'no descriptor is inherited but the usual three',
    'return Array.from({ length: 64 }, (_, at) => at).filter((at) => at > 2 && can(() => fs.fstatSync(at).isFile() || nothing()));',
    [],
  ],
  ['a file in a scratch folder is of bounded size', "return can(() => fs.writeFileSync('/tmp/large', Buffer.alloc(65 << 20)));", false],
  ['a file in shared memory is of bounded size', "return can(() => fs.writeFileSync('/dev/shm/large', Buffer.alloc(17 << 20)));", false],
])('%s', ([, script, expected]) => {
  vi.stubEnv('UNROLL_SECRET', 'seed');
  const found = behind(`${can} ${script}`, { variables: { NAMED: 'yes' } });
  vi.unstubAllEnvs();
  expect(found).toEqual(expected);
  expect(hostname()).not.toBe('box');
});

test('where a device needs /proc, the kernel’s settings are read-only', () => {
  const written = behind(
    `${can} return ['kernel/core_pattern', 'vm/drop_caches', 'kernel/hostname'].map((name) => can(() => fs.writeFileSync('/proc/sys/' + name, fs.readFileSync('/proc/sys/' + name))));`,
    { proc: true },
  );
  expect(written).toEqual([false, false, false]);
});

test('a machine whose calls are not known has no filter, and the wall stands without one', () => {
  expect(seccompFilter('riscv64')).toBeUndefined();
  expect(behind('return 1;', { filter: undefined })).toBe(1);
});

test.for(['x64', 'arm64'])('the filter for %s is a program of whole instructions whose every path ends', (architecture) => {
  const filter = seccompFilter(architecture) as Buffer;
  const count = filter.byteLength / 8;
  expect(Number.isInteger(count)).toBe(true);
  const [jump, end] = [[0x15, 0x35, 0x45], 0x06];
  for (let at = 0; at < count; at++) {
    const [code, yes, no] = [filter.readUInt16LE(8 * at), filter.readUInt8(8 * at + 2), filter.readUInt8(8 * at + 3)];
    const furthest = jump.includes(code) ? at + 1 + Math.max(yes, no) : code === end ? at : at + 1;
    expect(furthest).toBeLessThan(count);
  }
});

const [permitted, notPermitted, killed] = [0x7fff_0000, 0x0005_0001, 0x8000_0000];

test.for<['x64' | 'arm64', string, number, readonly number[], number]>([
  ['x64', 'read', 0, [], permitted],
  ['x64', 'memfd_create', 319, [], notPermitted],
  ['x64', 'shmget', 29, [], notPermitted],
  ['x64', 'semget', 64, [], notPermitted],
  ['x64', 'msgget', 68, [], notPermitted],
  ['x64', 'mq_open', 240, [], notPermitted],
  ['x64', 'mmap of memory of one’s own', 9, [0, 4096, 3, 0x22], permitted],
  ['x64', 'mmap of a file that is shared', 9, [0, 4096, 3, 0x01], permitted],
  ['x64', 'mmap of memory that is shared', 9, [0, 4096, 3, 0x21], notPermitted],
  ['x64', 'socketpair of Unix', 53, [1], permitted],
  ['x64', 'a call of the table for 32 bits', 0x4000_0009, [0, 4096, 3, 0x22], killed],
  ['arm64', 'read', 63, [], permitted],
  ['arm64', 'memfd_create', 279, [], notPermitted],
  ['arm64', 'shmget', 194, [], notPermitted],
  ['arm64', 'semget', 190, [], notPermitted],
  ['arm64', 'msgget', 186, [], notPermitted],
  ['arm64', 'mq_open', 180, [], notPermitted],
  ['arm64', 'mmap of memory of one’s own', 222, [0, 4096, 3, 0x22], permitted],
  ['arm64', 'mmap of memory that is shared', 222, [0, 4096, 3, 0x21], notPermitted],
])('on %s the filter answers %s', ([architecture, , number, given, answer]) => {
  expect(run(seccompFilter(architecture) as Buffer, architecture === 'x64' ? 0xc000_003e : 0xc000_00b7, number, given)).toBe(answer);
});

/** What a program of classic BPF answers to a call, as the kernel runs it. */
function run(filter: Buffer, architecture: number, number: number, given: readonly number[]): number {
  const data = Buffer.alloc(64); // struct seccomp_data
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(architecture, 4);
  for (const [index, value] of given.entries()) data.writeUInt32LE(value, 16 + 8 * index);
  let loaded = 0;
  for (let at = 0; ; at++) {
    const [code, yes, no] = [filter.readUInt16LE(8 * at), filter.readUInt8(8 * at + 2), filter.readUInt8(8 * at + 3)];
    const value = filter.readUInt32LE(8 * at + 4);
    if (code === 0x06) return value;
    if (code === 0x20) loaded = data.readUInt32LE(value);
    else at += (code === 0x15 ? loaded === value : code === 0x35 ? loaded >= value : (loaded & value) !== 0) ? yes : no;
  }
}
