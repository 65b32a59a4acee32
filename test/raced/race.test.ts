import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';

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
    const known = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { race: { verdict: string; ratios: number[] } }>;
    known['15-associative-scan']!.race.verdict = 'cannot-tell';
    known['15-associative-scan']!.race.ratios.fill(1.5);
    writeFileSync(path, JSON.stringify(known));
    const [more] = z
      .array(z.object({ check: z.object({ race: z.object({ ratios: z.array(z.number()) }) }) }))
      .parse(JSON.parse((await unrollIn(folder, ...racing, '--more', '--json')).stdout));
    const before = known['15-associative-scan']!.race.ratios;
    expect(more?.check.race.ratios.slice(0, before.length)).toEqual(before);
    expect(more?.check.race.ratios.length).toBeGreaterThan(before.length);
  },
  180_000 /* ms: two races of 20 s and their pictures on a busy machine */,
);
