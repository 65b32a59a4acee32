import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import type { Outcome } from '../result/evidence.ts';
import type { CheckRecord } from '../run/check-record.ts';
import type { Question } from './question.ts';
import { rememberSeed } from './remembered-seed.ts';
import { VerdictStore } from './store.ts';

const work = mkdtempSync(join(tmpdir(), 'unroll-store-'));
afterAll(() => rmSync(work, { recursive: true }));
let folder: string;
let count = 0;
beforeEach(() => (folder = join(work, String(++count))));

const question = { key: 'ab12', of: { exercise: '02' } } as unknown as Question;
const record = (outcome: Outcome = { status: 'pass' }): CheckRecord => ({
  exercise: '02',
  variant: 'submission',
  check: 'one-step',
  evidence: { outcome, durationMs: 1 },
  applies: true,
  printed: '',
});
const failed = record({ status: 'fail', cause: 'wrong-value', message: 'got 1' });
const fileOf = () => join(folder, 'ab', readdirSync(join(folder, 'ab'))[0]!);

test('what one store keeps, another finds in the same folder, as it was', async () => {
  await new VerdictStore(folder).keep(question, [failed]);
  expect(await new VerdictStore(folder).find(question)).toEqual([failed]);
  expect(await new VerdictStore(folder).find({ ...question, key: 'cd34' })).toBeUndefined();
  expect(readdirSync(join(folder, 'ab'))).toEqual(['ab12.json']);
});

test('without a folder it remembers as long as it lives', async () => {
  const store = new VerdictStore();
  await store.keep(question, [failed]);
  expect(await store.find(question)).toEqual([failed]);
});

test('two verdicts that do not agree are an error that names both', async () => {
  await new VerdictStore(folder).keep(question, [failed]);
  await expect(new VerdictStore(folder).keep(question, [record()])).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(/ab12\.json says one-step: fail \(wrong-value\), and this grading one-step: pass/),
  });
  await new VerdictStore(folder).keep(question, [{ ...failed, evidence: { ...failed.evidence, durationMs: 7 } }]);
});

test.for<[string, Partial<CheckRecord['evidence']>]>([
  ['ungraded', { outcome: { status: 'ungraded', reason: 'a defect' } }],
  ['undecided by its race', { outcome: { status: 'not-measured', reason: 'noise' }, race: { verdict: 'cannot-tell' } as never }],
])('what is %s is not kept: it is asked again', async ([, evidence]) => {
  await new VerdictStore(folder).keep(question, [{ ...record(), evidence: { ...record().evidence, ...evidence } }]);
  expect(await new VerdictStore(folder).find(question)).toBeUndefined();
});

test('a claim is had by one, and waited for by others', async () => {
  const store = new VerdictStore();
  expect([store.claim(question), store.claim(question)]).toEqual([true, false]);
  let free = false;
  const waiting = store.whenFree(question).then(() => (free = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(free).toBe(false);
  store.release(question);
  await waiting;
  expect(store.claim(question)).toBe(true);
});

describe('a file that is not as the kit wrote it is refused', () => {
  const hash = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
  const sealer = {
    authenticate: (value: object) => hash(value),
    isAuthentic: (value: object, code: string) => code === hash(value),
  };

  test.for<[string, (text: string) => string]>([
    ['cut', (text) => text.slice(0, 40)],
    ['empty', () => ''],
    ['of another key', (text) => text.replace('ab12', 'ab13')],
    ['with a field more', (text) => text.replace('{', '{"more":1,')],
  ])('%s', async ([, spoil]) => {
    await new VerdictStore(folder).keep(question, [failed]);
    writeFileSync(fileOf(), spoil(readFileSync(fileOf(), 'utf8')));
    await expect(new VerdictStore(folder).find(question)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('ab12.json is not as the kit wrote it; delete it, and its checks are asked again'),
    });
  });

  test.for<[string, (text: string) => string]>([
    ['altered', (text) => text.replace('wrong-value', 'wrong-shape')],
    ['without its code', (text) => text.replace(/,"code":"\w+"/, '')],
  ])('%s, where there is a secret', async ([, spoil]) => {
    await new VerdictStore(folder, sealer).keep(question, [failed]);
    expect(await new VerdictStore(folder, sealer).find(question)).toEqual([failed]);
    writeFileSync(fileOf(), spoil(readFileSync(fileOf(), 'utf8')));
    await expect(new VerdictStore(folder, sealer).find(question)).rejects.toMatchObject({ name: 'UserError' });
  });
});

test('a seed is drawn once for a folder, and anew when asked to', async () => {
  const first = await rememberSeed(folder);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(await rememberSeed(folder)).toBe(first);
  const second = await rememberSeed(folder, { anew: true });
  expect(second).not.toBe(first);
  expect(await rememberSeed(folder)).toBe(second);
  writeFileSync(join(folder, 'seed.txt'), 'two words\n');
  await expect(rememberSeed(folder)).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining('holds no seed') });
});
