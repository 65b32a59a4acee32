import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { type Binding, findAddonFolder, findBinding, linkAddon } from '../device/addon.ts';
import { locateEntries, nameEntry } from './cache.ts';
import { reportProvision } from '../device/provisioned.ts';
import { ProgressLine } from '../terminal/progress.ts';
import { type SetupOptions, setUpTensorFlow } from './setup.ts';
import { checkPin, findCached } from './sources.ts';
import { needs } from '../../test/support/needs.ts';
import { packZip } from '../../test/support/zip.ts';

const typescript = new URL('../typescript.js', import.meta.url).href;

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../cli/unroll.js', import.meta.url));
const command = new URL('../cli/setup.ts', import.meta.url).href;
const silent = new ProgressLine({ write: () => true });
const real = findBinding();

let work: string;
let binding: Binding;

/** A clone of its own: the package without an addon, so that no test touches the addon that everyone uses. */
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'unroll-setup-'));
  const folder = join(work, 'tfjs-node-gpu');
  for (const part of ['binding', 'scripts', 'package.json']) await cp(join(real.folder, part), join(folder, part), { recursive: true });
  binding = { folder, version: real.version, addon: join(folder, 'lib', 'napi-v8', 'tfjs_binding.node') };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(work, { recursive: true, force: true });
});

/** Nothing in the cache and nothing on the PATH but `programs`, each a shell script. */
async function strand(programs: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(work, 'bin'));
  for (const [name, body] of Object.entries(programs)) {
    await writeFile(join(work, 'bin', name), `#!/bin/sh\n${body}\n`);
    await chmod(join(work, 'bin', name), 0o755);
  }
  vi.stubEnv('PATH', join(work, 'bin'));
  vi.stubEnv('UNROLL_CACHE', join(work, 'cache'));
  vi.stubEnv('CDN_STORAGE', 'http://127.0.0.1:9/'); // nothing listens on port 9: no test begins the official download
}

/** A wheel of a few bytes whose RECORD is right, or right for other bytes. */
async function makeWheel(promised = 'library'): Promise<string> {
  const path = join(work, 'tensorflow_cpu-9.9.9-cp311-cp311-manylinux_2_27_x86_64.whl');
  const sha256 = createHash('sha256').update(promised).digest('base64url');
  const names = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];
  const record = names.map((name) => `${name},sha256=${sha256},7\n`).join('');
  const info = 'tensorflow_cpu-9.9.9.dist-info/RECORD';
  await writeFile(path, packZip({ ...Object.fromEntries(names.map((name) => [name, 'library'])), [info]: record }));
  return path;
}

const setUp = (options: SetupOptions = {}): Promise<string> => setUpTensorFlow(options, silent, binding);

describe('a machine that lacks something', () => {
  test('no compiler: says which were tried and how to get one, before anything is downloaded', async () => {
    await strand({ python3: 'touch "$0.asked"' });
    await expect(setUp()).rejects.toThrow(/No C\+\+ compiler answers to g\+\+, c\+\+, clang\+\+: install one/);
    expect(await readdir(join(work, 'bin'))).toEqual(['python3']);
  });

  test('no pip: says how to go without', async () => {
    await strand({ 'g++': 'exit 0' });
    await expect(setUp()).rejects.toThrow(/No pip answers .* run `npx unroll setup --from WHEEL`/);
  });

  test('no network: says that, and what pip said', async () => {
    const pip =
      'case "$*" in *download*) echo "ERROR: No matching distribution found for tensorflow-cpu"; exit 1;; *tensorflow*) ;; *) echo pip 1;; esac';
    await strand({ 'g++': 'exit 0', python3: pip });
    await expect(setUp()).rejects.toThrow(
      /pip could not download tensorflow-cpu==2\.21\.0 \(ERROR: No matching distribution.*check the network/,
    );
  });

  test('after a failure nothing is left behind', async () => {
    await strand({ 'g++': 'exit 0' });
    await expect(setUp({ from: await makeWheel('another') })).rejects.toThrow();
    expect(await readdir(locateEntries())).toEqual([]);
    expect(findAddonFolder(binding)).toBeUndefined();
  });
});

describe('a library that is not what it should be', () => {
  beforeEach(() => strand({ 'g++': 'exit 0' }));

  test('a wheel cut short', async () => {
    const wheel = await makeWheel();
    await writeFile(wheel, packZip({ a: 'b' }).subarray(0, 40));
    await expect(setUp({ from: wheel })).rejects.toThrow(/is not a whole wheel .*download it again/);
  });

  test('a file with other bytes than the RECORD promises', async () => {
    await expect(setUp({ from: await makeWheel('another') })).rejects.toThrow(
      /libtensorflow_cc\.so\.2 in .* does not match its RECORD .*download it again/,
    );
  });

  test('a download under a known name that is another file', async () => {
    const wheel = join(work, 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl');
    await writeFile(wheel, 'not it');
    await expect(checkPin(wheel)).rejects.toThrow(/sha256 differs/);
  });

  test('a path that is not there, a folder without the library', async () => {
    await expect(setUp({ from: join(work, 'nowhere') })).rejects.toThrow(/There is no .*nowhere/);
    await expect(setUp({ from: work })).rejects.toThrow(/holds no libtensorflow_cc\.so\.2/);
  });

  test('leaves what worked before as it was', async (context) => {
    await needs(context, 'tensorflow');
    const before = join(findAddonFolder(real) ?? '', 'tfjs_binding.node');
    await linkAddon(before, binding);
    await expect(setUp({ from: await makeWheel('another') })).rejects.toThrow();
    expect(await realpath(binding.addon)).toBe(before);
    expect(await reportProvision(binding)).toMatchObject({ usable: true });
  });
});

describe('the real library', () => {
  beforeEach((context) => needs(context, 'tensorflow'));

  const cached = join(locateEntries(), nameEntry({ version: '2.21.0', flavour: 'cpu', binding: real.version }));

  test('another clone takes it from the cache: no pip, no compiler', async () => {
    vi.stubEnv('PATH', '');
    expect(await setUp({ cuda: false })).toContain('TensorFlow 2.21.0 is set up');
    expect(findAddonFolder(binding)).toBe(await realpath(cached));
  });

  test('a second run takes no step, and needs neither Python nor compiler', { timeout: 30_000 }, async () => {
    const script = `(await import(${JSON.stringify(command)})).setup.parseAsync([], { from: 'user' })`;
    const { stdout } = await run(process.execPath, ['--import', typescript, '--input-type=module', '-e', script], {
      env: { ...process.env, PATH: '' },
    });
    expect(stdout).toMatch(/^TensorFlow 2\.21\.0 is set up.*\n$/); // every step would print a line; `npm run bench` has its time
  });

  test(
    'two installs at once and a half-done folder in the way: both succeed, one whole folder stays',
    { timeout: 120_000 },
    async (context) => {
      await needs(context, 'compiler');
      const entries = join(work, 'cache', 'tensorflow');
      const target = join(entries, basename(cached));
      await mkdir(target, { recursive: true });
      await writeFile(join(target, 'tfjs_binding.node'), 'half');
      const script = `
      const { setUpTensorFlow } = await import(${JSON.stringify(new URL('./setup.ts', import.meta.url).href)});
      const { ProgressLine } = await import(${JSON.stringify(new URL('../terminal/progress.ts', import.meta.url).href)});
      console.log(await setUpTensorFlow({ from: process.argv[1] }, new ProgressLine({ write: () => true }), JSON.parse(process.argv[2])));`;
      const args = ['--import', typescript, '--input-type=module', '-e', script, join(cached, 'tensorflow'), JSON.stringify(binding)];
      const env = { ...process.env, UNROLL_CACHE: join(work, 'cache') };
      const both = await Promise.all([1, 2].map(() => run(process.execPath, args, { env })));
      for (const { stdout } of both) expect(stdout).toContain('TensorFlow 2.21.0 is set up');
      vi.stubEnv('UNROLL_CACHE', join(work, 'cache'));
      expect(await findCached('cpu', real.version)).toBe(join(target, 'tfjs_binding.node'));
      expect(dirname(await realpath(binding.addon))).toBe(await realpath(target));
      expect((await readdir(entries)).filter((name) => !name.includes('-broken'))).toEqual([basename(cached)]);
    },
  );
});

describe('unroll setup', () => {
  test('by hand it fails with 2 and one sentence', async () => {
    await expect(run(process.execPath, [cli, 'setup', '--from', 'nowhere'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^There is no nowhere: .*\n$/),
    });
  });

  test('where nothing is found, it says so once, and ends within seconds', { timeout: 40_000 /* ms: on a busy machine */ }, async () => {
    await strand({});
    const script = `
      const { setUpTensorFlow } = await import(${JSON.stringify(new URL('./setup.ts', import.meta.url).href)});
      const { ProgressLine } = await import(${JSON.stringify(new URL('../terminal/progress.ts', import.meta.url).href)});
      await setUpTensorFlow({ cuda: false }, new ProgressLine(process.stdout), JSON.parse(process.argv[1])).catch((error) => console.log(error.message));`;
    const args = ['--import', typescript, '--input-type=module', '-e', script, JSON.stringify(binding)];
    const start = performance.now();
    const { stdout } = await run(process.execPath, args);
    expect(stdout).toMatch(/^TensorFlow could not be set up\. No C\+\+ compiler answers to [^\n]*\n$/);
    expect(performance.now() - start).toBeLessThan(8_000); // ms: 0.6 s; a time limit of 10 s that outlives its program shows
  });

  test('after npm it never fails, and says which device will serve', async () => {
    const { stdout } = await run(process.execPath, [cli, 'setup', '--postinstall', '--from', 'nowhere']);
    expect(stdout).toMatch(/There is no nowhere: .*\n.*`\w+` will serve\.\n$/);
  });
});
