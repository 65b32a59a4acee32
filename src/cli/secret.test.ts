import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';

import { readSecret, requireSecret } from './secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hexadecimal = (pair: string) => pair.repeat(32);
const inFile = (name: string, text: string, mode = 0o600) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};
const keyOf = (option?: string) => readSecret(option)?.derive('x').toString('hex');

const warned: unknown[] = [];
beforeEach(() => {
  warned.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => (warned.push(String(line).trimEnd()), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('a secret comes from the option, else from the file or the text that the environment names', () => {
  const [first, second] = [inFile('first', `${hexadecimal('a1')}\n`), inFile('second', hexadecimal('a2'))];
  const keys = [keyOf(first), keyOf(second)];
  vi.stubEnv('UNROLL_SECRET_FILE', second);
  expect(keyOf(first)).toBe(keys[0]);
  vi.stubEnv('UNROLL_SECRET_FILE', second);
  expect(keyOf()).toBe(keys[1]);
  vi.stubEnv('UNROLL_SECRET', hexadecimal('a1'));
  expect(keyOf()).toBe(keys[0]);
  expect(warned).toEqual([]);
});

test('the environment forgets it, so that no process started later is told', () => {
  vi.stubEnv('UNROLL_SECRET', hexadecimal('a1'));
  vi.stubEnv('UNROLL_SECRET_FILE', join(folder, 'nowhere'));
  expect(() => readSecret(undefined)).toThrow('UNROLL_SECRET_FILE and UNROLL_SECRET are both set; set one of them');
  expect(Object.keys(process.env).filter((name) => name.startsWith('UNROLL_SECRET'))).toEqual([]);
});

test('without any there is none, and a command that needs one says how to make it', () => {
  vi.stubEnv('UNROLL_SECRET', ''); // a workflow of a fork has the variable and nothing in it
  expect(readSecret(undefined)).toBeUndefined();
  expect(() => requireSecret(undefined)).toThrow(
    /^name the file of the secret with `--secret FILE`; `npx unroll cohort secret FILE` makes one$/,
  );
});

test.for([
  [0o600, false],
  [0o400, false],
  [0o640, true],
  [0o604, true],
  [0o660, true],
] as const)('a file of mode %o is warned of: %s', ([mode, warns]) => {
  keyOf(inFile('open', hexadecimal('a1'), mode));
  const sentences = warned.filter((line) => /^warning: .+ is open to others on this machine, .+ run `chmod 600 .+`$/.test(String(line)));
  expect([warned.length, sentences.length]).toEqual(warns ? [1, 1] : [0, 0]);
});

test('what is no file of a secret is refused in one sentence', () => {
  mkdirSync(join(folder, 'folder'));
  expect(() => readSecret(join(folder, 'nowhere'))).toThrow(
    /^there is no file .+nowhere; `npx unroll cohort secret .+nowhere` makes a secret there$/,
  );
  for (const path of [join(folder, 'folder'), '/dev/zero', inFile('long', 'ab'.repeat(4096))])
    expect(() => readSecret(path)).toThrow(/ is not the file of a secret; /);
  expect(() => readSecret(inFile('short', 'abcd'))).toThrow(/short is too short: it has 2 bytes, and 32 are needed; /);
});
