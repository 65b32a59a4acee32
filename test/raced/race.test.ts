import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';

import { raceSchema } from '../../src/result/race.ts';
import { unrollIn } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-race-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(
  'race draws its rounds, remembers them, and carries on what could not tell',
  async () => {
    const racing = ['race', '15', '--dir', join(import.meta.dirname, '../submissions/correct'), '--device', 'wasm'] as const;
    const first = await unrollIn(folder, ...racing);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/15-associative-scan: The race at[\s\S]*one mark a round[\s\S]*Time against length/);
    const path = join(folder, '.unroll/races.json');
    const known = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { race: { verdict: string; rounds: { ratio: number }[] } }>;
    const before = known['15-associative-scan']!.race;
    before.verdict = 'cannot-tell';
    for (const round of before.rounds) round.ratio = 1.5;
    writeFileSync(path, JSON.stringify(known));
    const [more] = z
      .array(z.object({ check: z.object({ race: raceSchema }) }))
      .parse(JSON.parse((await unrollIn(folder, ...racing, '--more', '--json')).stdout));
    const { rounds } = more!.check.race;
    expect(rounds.slice(0, before.rounds.length)).toEqual(before.rounds);
    expect(rounds.length).toBeGreaterThan(before.rounds.length);
    for (const { baselineMs, candidateMs } of rounds) {
      expect([1, 2, 4, 6, 8, 10]).toContain(baselineMs.length);
      expect(candidateMs).toHaveLength(baselineMs.length);
    }
  },
  180_000 /* ms: two races of 20 s and their pictures on a busy machine */,
);
