import type { Claim, Item, Layout } from './item.ts';

const fewest = 2; // clones: the name of the assignment is what they have in common

/** Clones of GitHub Classroom and of Classroom 50: a folder `assignment-login` for each. */
export const github: Layout = (items) =>
  readClones(
    items.filter((item) => isVisibleFolder(item) && item.isClone()),
    fewest,
  );

/** The same where the instructor has said that they are: without their `.git`, or a single one. */
export const namedGithub: Layout = (items) => readClones(items.filter(isVisibleFolder), 1);

const isVisibleFolder = ({ name, kind }: Item) => kind === 'folder' && !name.startsWith('.');

function readClones(clones: readonly Item[], fewest: number): ReadonlyMap<Item, Claim> {
  const length = assignmentLength(clones.map(({ name }) => name));
  if (clones.length < fewest || length === 0) return new Map();
  return new Map(clones.map((item) => [item, { id: item.name.slice(length), name: item.name.slice(length) }]));
}

/** Letters of what all names begin with, up to its last hyphen and with it; 0 where they have nothing in common. */
function assignmentLength(names: readonly string[]): number {
  const [first = '', ...others] = names;
  let common = first.length - 1; // something must be left of each
  for (const name of others) {
    let at = 0;
    while (at < common && at < name.length - 1 && name[at] === first[at]) at++;
    common = at;
  }
  return first.lastIndexOf('-', common - 1) + 1;
}
