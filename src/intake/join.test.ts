import { expect, test } from 'vitest';

import { joinRoster, type Known } from './join.ts';

const people = [
  { id: 's1', name: 'Hill, Hal', email: 'hal@x.org', login: 'hh-1' },
  { id: 's2', name: 'Zoë Spärck Jones' },
  { id: '123', name: 'Ada' },
  { id: 's4', name: 'Ina Ito' },
  { id: 's5', name: 'Iná Ito' },
  { id: 's6', name: '王小明' },
];
const whoIs = (known: Known) => {
  const [match] = joinRoster([known], people);
  if (match === undefined || 'nobody' in match) return 'nobody';
  return 'person' in match ? match.person.id : match.several.map(({ id }) => id).join(' or ');
};

test.for<[string, Known, string]>([
  ['the id', { name: 's1' }, 's1'],
  ['the login of a clone', { id: 'hh-1', name: 'hh-1' }, 's1'],
  ['the e-mail', { name: 'hal@x.org' }, 's1'],
  ['what stands before its @', { name: 'HAL' }, 's1'],
  ['the name as it is', { name: 'Hill, Hal' }, 's1'],
  ['the name in another order', { id: '10009', name: 'Hal Hill' }, 's1'],
  ['the name as Canvas has it', { id: '7', name: 'sparckjoneszoe' }, 's2'],
  ['the name without accents, in capitals', { name: 'ZOE SPARCK JONES' }, 's2'],
  ['a name of other letters', { name: '王 小明' }, 's6'],
  ['a name that one has exactly and another almost', { name: 'Ina Ito' }, 's4'],
  ['a name that two have almost', { name: 'ina_ito' }, 's4 or s5'],
  ['a number of a platform that is by chance the id of somebody else', { id: '123', name: 'Hal Hill' }, '123 or s1'],
  ['a number of a platform that is the id', { id: '123', name: 'ada' }, '123'],
  ['nobody', { name: 'Xi' }, 'nobody'],
  ['no letters at all', { name: '...' }, 'nobody'],
])('a person is found by %s', ([, known, expected]) => {
  expect(whoIs(known)).toBe(expected);
});
