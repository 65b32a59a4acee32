import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { kitRoot } from '../course/places.ts';
import { needs } from '../../test/support/needs.ts';

const typescript = new URL('../typescript.js', import.meta.url).href;

// A grader in a process of its own, because the level is chosen once in a process, and to see what it leaves behind.
const server = createServer();
let last: ChildProcess | undefined;
const secret = mkdtempSync(join(tmpdir(), 'unroll-secret-'));
const kitFolders = ['solutions', 'exercises', 'test', 'src'].map((name) => join(kitRoot, name));
const hostFolders = [secret, ...kitFolders, '/etc/passwd', '/home', homedir()];
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => void last?.kill('SIGKILL')); // where a test failed before it had ended its grader
afterAll(() => {
  server.close();
  rmSync(secret, { recursive: true });
});

/** What learner's code could do, each as a pass that answers 1 where it can; past the bundler, which would refuse the imports. */
const misdeeds = () => `
  import { existsSync, readdirSync, writeFileSync } from 'node:fs';
  import { connect } from 'node:net';
  const can = (act) => { try { act(); return 1; } catch { return 0; } };
  export const seeFiles = () => ${JSON.stringify(hostFolders)}.map((path) => Number(existsSync(path)));
  export const seeTmp = () => Number(readdirSync('/tmp').length > 0);
  export const seeVariables = () => Number('UNROLL_SECRET' in process.env);
  export const reachGrader = (input) => can(() => process.kill(input.grader, 0));
  export const reachNetwork = () => new Promise((resolve) => {
    const socket = connect(${(server.address() as AddressInfo).port}, '127.0.0.1', () => resolve(1));
    socket.on('error', () => resolve(0));
  });
  export const changePackages = () => can(() => writeFileSync('/box/node_modules/here', ''));
`;

const url = (name: string) => JSON.stringify(pathToFileURL(join(kitRoot, 'src/box', name)).href);
const program = (end: string) => `
  import { Box } from ${url('box.ts')};
  import { compileProgram } from ${url('../compile/program.ts')};
  import { describeIsolation } from ${url('isolation.ts')};
  import { usualLimits } from ${url('limits.ts')};
  const { level } = await describeIsolation();
  const { box } = await Box.start({ device: 'cpu', level, limits: usualLimits, program: await compileProgram('cpu') });
  await box.ask({ verb: 'enter', module: 'm', code: ${JSON.stringify(misdeeds())} });
  const found = { level };
  for (const pass of ['seeFiles', 'seeTmp', 'seeVariables', 'reachGrader', 'reachNetwork', 'changePackages'])
    found[pass] = await box.ask({ verb: 'call', module: 'm', pass, input: { grader: process.pid } });
  console.log(JSON.stringify(found));
  ${end}
`;

/** A grader at this level that has asked every misdeed of one box: what it found, and its process. */
async function grader(env: NodeJS.ProcessEnv, end: string) {
  const child = spawn(process.execPath, ['--import', typescript, '--input-type=module', '--eval', program(end)], {
    cwd: kitRoot,
    env: { ...process.env, UNROLL_SECRET: 'seed', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  last = child;
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, found: JSON.parse(String(said)) as unknown };
}

/** Processes and folders of a grader's boxes. */
function leftBehind(pid: number | undefined): string[] {
  const mine = `unroll-box-${pid}-`;
  const commands = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8');
      } catch {
        return ''; // it ended while we looked
      }
    });
  return [...commands.filter((command) => command.includes(mine)), ...readdirSync(tmpdir()).filter((name) => name.startsWith(mine))];
}

const walled = {
  level: expect.stringMatching(/^namespace/),
  seeFiles: hostFolders.map(() => 0),
  seeTmp: 0,
  seeVariables: 0,
  reachGrader: 0,
  reachNetwork: 0,
  changePackages: 0,
};
const none = {
  level: 'none',
  seeFiles: hostFolders.map(() => 1),
  seeTmp: 1,
  seeVariables: 0,
  reachGrader: 1,
  reachNetwork: 1,
  changePackages: 0,
};

test.for([
  ['behind bubblewrap the learner’s code reaches nothing of the host', {}, walled],
  ['without a wall, for practice, it reaches all of that but the grader’s environment', { UNROLL_ISOLATION: 'none' }, none],
] as const)('%s, and nothing is left behind', async ([, env, expected], context) => {
  if (expected === walled) await needs(context, 'bubblewrap');
  const { child, found } = await grader(env, 'await box.close();');
  expect(found).toEqual(expected);
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(leftBehind(child.pid)).toEqual([]);
});

test.for([
  ['namespace', {}],
  ['none', { UNROLL_ISOLATION: 'none' }],
] as const)('a grader that is killed takes its box at level %s with it', async ([level, env], context) => {
  if (level === 'namespace') await needs(context, 'bubblewrap');
  const { child, found } = await grader(env, 'setInterval(() => 0, 1e6);');
  expect(found).toMatchObject({ level: expect.stringContaining(level) });
  expect(leftBehind(child.pid)).not.toEqual([]);
  child.kill('SIGKILL');
  await expect.poll(() => leftBehind(child.pid), { timeout: 30_000 /* ms: it takes some; a busy machine more */ }).toEqual([]);
});
