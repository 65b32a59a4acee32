import { isArchive } from '../intake/archive-name.ts';
import { listNames } from '../intake/file-name.ts';
import type { Claimed } from '../intake/layouts/layouts.ts';
import type { PlacedItem } from './items.ts';
import type { Student } from './students.ts';

/** What one person has handed in. */
export type Work = Omit<Student, 'home'> & Pick<Claimed, 'layout'>;

/** One work a person: what a platform has spread over several entries, such as the files of one submission, belongs together. */
export function gatherWorks(claims: readonly Claimed[]): Work[] {
  const groups = new Map<string, Claimed[]>();
  for (const claim of claims) {
    const key = JSON.stringify([claim.layout, claim.id ?? claim.name]);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()].map((group) => makeWork(group));
}

function makeWork(group: readonly Claimed[]): Work {
  const usable = group.filter(({ item: { name, kind } }) => kind === 'folder' || (kind === 'file' && isArchive(name)));
  const files = usable.filter(({ item }) => !typedText.test(item.name));
  const [chosen = group[0] as Claimed, ...others] = files.length > 0 ? files : usable;
  const { id, name, layout, item } = chosen;
  const refused = others.length > 0 ? whichOf([chosen, ...others]) : usable.length === 0 ? whyNone(group) : undefined;
  return {
    name,
    ...(id === undefined ? {} : { id }),
    handedIn: item.name,
    ...(group.some(({ late }) => late === true) ? { late: true as const } : {}),
    folder: (item as PlacedItem).path,
    layout,
    ...(refused === undefined ? {} : { refused, refusedAs: 'unreadable' as const }),
  };
}

const typedText = /_assignsubmission_onlinetext(?:_|$)/; // what was typed into Moodle, beside what was handed in

const whichOf = (group: readonly Claimed[]) =>
  `it is not clear what was handed in: there are ${listNames(group.map(({ item }) => item.name))}; leave one of them`;

function whyNone(group: readonly Claimed[]): string {
  if (group.some(({ item }) => item.kind === 'link'))
    return 'the folder is a link, which is not followed; put the folder itself in its place';
  return `${listNames(group.map(({ item }) => item.name))}: neither a folder nor a zip or tar.gz; ask for the folder that holds exercises/`;
}
