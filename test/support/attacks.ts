import { afterAll, describe, expect, test } from 'vitest';

import { readAttacks, type Attack } from '../../src/audit/attack.ts';
import { runAudit, type Audit } from '../../src/audit/audit.ts';
import type { Row } from '../../src/audit/trial.ts';
import { missingNote } from './needs.ts';

/** One test for each attack of the corpus that is wanted, and one for what all of them leave behind. The audit runs once, before the first. */
export function proveAttacks(isWanted: (attack: Attack) => boolean): void {
  const attacks = readAttacks().filter(isWanted);
  let audit: Promise<Audit> | undefined;
  const found = () => (audit ??= runAudit(attacks, { device: 'wasm' }));
  const timeout = 900_000; // ms: all attacks take some minutes, and a machine may be busy
  afterAll(async () => void (await audit));

  describe('every attack ends as its description says', () => {
    test.for(attacks.map(({ id }) => id))('%s', { timeout }, async (id, { skip }) => {
      const row = (await found()).rows.find((each) => each.id === id) as Row;
      if (row.state === 'not-measured' || row.state === 'not-defended')
        skip(`${missingNote}another machine: ${row.notMeasured ?? row.ended}`);
      expect(row.problems).toEqual([]);
    });
  });

  test('nothing is left behind', { timeout }, async () => {
    expect((await found()).left).toEqual([]);
  });
}
