import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { UserError } from '../errors.ts';
import { readAttack, readAttacks } from './attack.ts';

const root = mkdtempSync(join(tmpdir(), 'unroll-corpus-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
function describeAttack(text: string, sources: readonly string[] = ['attack.ts']): string {
  const id = `made-up/number-${count++}`;
  mkdirSync(join(root, id), { recursive: true });
  writeFileSync(join(root, id, 'attack.yaml'), text);
  for (const name of sources) writeFileSync(join(root, id, name), '');
  return id;
}

const least = 'what: Tries it.\nexpect: honest\n';

test('what a description leaves out is as usual', () => {
  const id = describeAttack(least);
  expect(readAttack(id, root)).toEqual({
    ...{ id, class: 'made-up', folder: join(root, id), source: 'attack.ts', what: 'Tries it.', expect: { all: ['honest'] } },
    ...{ rows: [], exercise: ['02'], makes: 'submission', needs: 'none', clock: false, stoppedBy: [] },
  });
});

test('ends are one for all checks, several that are all right, or some for single checks', () => {
  const read = (ends: string) => readAttack(describeAttack(`what: Tries it.\nexpect: ${ends}\n`), root).expect;
  expect(read('threw')).toEqual({ all: ['threw'] });
  expect(read('[threw, memory]')).toEqual({ all: ['threw', 'memory'] });
  expect(read('{ all: honest, kernels: [broken-rule, threw] }')).toEqual({ all: ['honest'], kernels: ['broken-rule', 'threw'] });
});

describe('a description is refused, with its file and line, where', () => {
  test.for([
    ['it does not say what is tried', 'expect: honest\n', /attack.yaml:1: what/],
    ['it says it in no sentence', 'what: tries it\nexpect: honest\n', /attack.yaml:1: what: write one sentence/],
    ['it expects nothing', 'what: Tries it.\n', /attack.yaml:1: expect/],
    ['it expects an end that does not exist', 'what: Tries it.\nexpect: passed\n', /attack.yaml:2: expect/],
    ['it expects that points are won', 'what: Tries it.\nexpect: pass\n', /attack.yaml:2: expect/],
    ['it leaves the other checks open', 'what: Tries it.\nexpect: { kernels: threw }\n', /attack.yaml:2: expect/],
    ['it has a field that does not exist', `${least}known-bad: true\n`, /attack.yaml:1: the file: .*known-bad/],
    ['a row is no row', `${least}rows: [X-01]\n`, /attack.yaml:3: rows.0: write a row/],
    ['it needs a level that does not exist', `${least}needs: bubblewrap\n`, /attack.yaml:3: needs/],
    ['it asks no check at all', `${least}checks: []\n`, /attack.yaml:3: checks/],
    ['it makes what cannot be made', `${least}makes: gradebook\n`, /attack.yaml:3: makes/],
    ['it is for a processor of another kind', `${least}machine: arm64\n`, /attack.yaml:3: machine/],
  ] as const)('%s', ([, text, words]) => {
    const id = describeAttack(text);
    expect(() => readAttack(id, root)).toThrow(UserError);
    expect(() => readAttack(id, root)).toThrow(words);
  });

  test.for([
    ['it has no program', least, []],
    ['it has two', least, ['attack.ts', 'make.ts']],
    ['a cohort has no program that makes it', `${least}makes: cohort\n`, ['attack.ts']],
  ] as const)('%s', ([, text, sources]) => {
    const id = describeAttack(text, sources);
    expect(() => readAttack(id, root)).toThrow(/make.ts/);
  });
});

describe('the corpus', () => {
  const all = readAttacks();

  test('can be read, and has the attacks of every class', () => {
    expect(new Set(all.map((attack) => attack.class))).toEqual(
      new Set([
        'clock',
        'compiler',
        'course',
        'exhaustion',
        'forgery',
        'host',
        'intake',
        'learning',
        'neighbours',
        'output',
        'side-answers',
      ]),
    );
    expect(all.length).toBeGreaterThanOrEqual(130);
  });

  test('says of no two attacks the same', () => {
    expect(new Set(all.map(({ what }) => what)).size).toBe(all.length);
  });

  test('is read in part by class and by name, and says which classes there are', () => {
    expect(readAttacks(['host', 'course/alias-bomb']).map((attack) => attack.class)).toEqual([
      'course',
      ...all.filter((attack) => attack.class === 'host').map(() => 'host'),
    ]);
    expect(() => readAttacks(['hosts'])).toThrow(/no attack or class hosts; the classes are clock, compiler/);
  });
});
