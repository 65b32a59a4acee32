import { fold } from './fold.ts';
import type { Person } from './roster.ts';

/** What is known of who handed something in, before a roster is asked. */
export interface Known {
  readonly id?: string;
  readonly name: string;
}

/** Who it was: one person of the roster, several of whom each could be meant, or nobody of it. */
export type Match = { readonly person: Person } | { readonly several: readonly Person[] } | { readonly nobody: true };

/**
 * Finds each in the roster by id, login, e-mail or name: as it is written first, then without case, accents, blanks and the order of names. Where
 * the id says one person and the name another, it is not decided.
 */
export function joinRoster(all: readonly Known[], people: readonly Person[]): Match[] {
  const exact = indexBy(people, (person) => [person.id, person.login, person.email, person.name]);
  const names = indexBy(people, (person) => [
    ...formsOf(person.name),
    ...formsOf(person.email?.split('@')[0]),
    ...formsOf(person.login),
    ...formsOf(person.id),
  ]);
  return all.map(({ id, name }) => {
    const plainly = union(exact, [id, name]);
    const byName = union(names, [fold(name)]);
    const found = plainly.length === 0 ? union(names, [fold(name), fold(id ?? '')]) : plainly;
    const [only, ...others] = found;
    if (only === undefined) return { nobody: true };
    if (others.length > 0) return { several: found };
    return byName.length === 0 || byName.includes(only) ? { person: only } : { several: [only, ...byName] };
  });
}

type Index = ReadonlyMap<string, readonly Person[]>;

function indexBy(people: readonly Person[], keysOf: (person: Person) => readonly (string | undefined)[]): Index {
  const index = new Map<string, Person[]>();
  for (const person of people)
    for (const key of new Set(keysOf(person))) {
      if (key === undefined || key === '') continue;
      const there = index.get(key);
      if (there === undefined) index.set(key, [person]);
      else there.push(person);
    }
  return index;
}

const union = (index: Index, keys: readonly (string | undefined)[]): Person[] => [
  ...new Set(keys.flatMap((key) => (key === undefined || key === '' ? [] : (index.get(key) ?? [])))),
];

const mostNames = 8; // of one person: each can be the first

/** A name folded, each of its words taken as the first: `Hal Hill`, `Hill, Hal` and Canvas' `hillhal` are one. */
function formsOf(name = ''): string[] {
  const words = name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, mostNames);
  return words.map((_, first) => fold([...words.slice(first), ...words.slice(0, first)].join('')));
}
