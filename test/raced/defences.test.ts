import { afterAll, beforeEach, expect, test } from 'vitest';

import { defences, SpoiledKit } from '../support/defences.ts';
import { needs } from '../support/needs.ts';

const kit = new SpoiledKit();
afterAll(() => kit.remove());
beforeEach((context) => needs(context, 'bubblewrap'));
const isRoot = process.getuid?.() === 0;

test.for(Object.entries(defences).filter(([, { user }]) => user !== 'root' || isRoot))(
  'without %s its attack comes through',
  { timeout: 300_000 /* ms: an audit of one attack, on a machine that may be busy */ },
  async ([, { attack, edits }]) => {
    const { state, seen } = await kit.stateOf(attack, edits);
    expect(`${state}: ${seen}`).toMatch(/^unexpected/);
  },
);
