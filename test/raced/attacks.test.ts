import { readdirSync } from 'node:fs';

import { expect, test } from 'vitest';

import { attacksFolder, attacksTable, proveAttacks } from '../support/attacks.ts';

test('every attack stands in the table', () => {
  const attacks = readdirSync(attacksFolder).filter((name) => name.endsWith('.ts'));
  expect(attacks.map((name) => name.replace('.ts', '')).toSorted()).toEqual(Object.keys(attacksTable).toSorted());
});

proveAttacks('clock');
