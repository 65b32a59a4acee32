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
