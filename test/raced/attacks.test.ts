import { readdirSync } from 'node:fs';

import { expect, test } from 'vitest';

import { attacksFolder, attacksTable, proveAttacks } from '../support/attacks.ts';

test('every attack stands in the table', () => {
  const attacks = readdirSync(attacksFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(attacks.map(({ name }) => name).toSorted()).toEqual(Object.keys(attacksTable).toSorted());
});

proveAttacks('clock');
