import { UserError } from '../errors.ts';
import type { Path } from '../files.ts';
import { listNames } from '../intake/file-name.ts';
import { joinRoster, type Match } from '../intake/join.ts';
import type { Item } from '../intake/layouts/item.ts';
import { claimItems, tellLayouts, type LayoutName } from '../intake/layouts/layouts.ts';
import type { Person } from '../intake/roster.ts';
import type { WithoutPoints } from '../result/result.ts';
import { homeOf } from './home.ts';
import { listItems } from './items.ts';
import { gatherWorks, type Work } from './works.ts';

export interface Student {
  /** What the student is called, by the roster or by what was handed in: a text like any other, and never a part of a path or an address. */
  readonly name: string;
  /** By the roster, or by the platform that the work comes from. */
  readonly id?: string;
  readonly group?: string;
  /** What the folder or archive is called; absent where nothing was handed in. */
  readonly handedIn?: string;
  /** True where the platform has marked the work as late. */
  readonly late?: true;
  /** Folder or archive of the submission, as the system calls it. */
  readonly folder: Path;
  /** Where the student's results go, relative to the cohort's, such as `students/001-ada`. */
  readonly home: string;
  /** Why the submission is not even opened, in a sentence; absent where nothing speaks against it. */
  readonly refused?: string;
  /** What kind of refusal that is. */
  readonly refusedAs?: WithoutPoints;
}

export interface Cohort {
  /** In the order of their names, which is the same on every machine. */
  readonly students: readonly Student[];
  /** What the folder was taken for, such as `read as a Canvas download: 31 submissions`. */
  readonly told: string;
  /** What lies beside them and is not graded, and who is not on the roster, in a sentence each. */
  readonly notes: readonly string[];
}

export interface CohortOptions {
  /** What the folder is, where it is not to be found out. */
  readonly layout?: LayoutName;
  readonly roster?: readonly Person[];
}

/** A cohort is a folder of submissions, one a student: a folder or an archive named by the student, or what a platform makes of it. */
export function readCohort(folder: string, { layout, roster }: CohortOptions = {}): Cohort {
  const items = listItems(folder);
  const claims = claimItems(items, layout);
  const works = gatherWorks(claims);
  if (works.length === 0)
    throw new UserError(
      `${folder} holds no submissions${layout === undefined ? '' : ` of the layout ${layout}`}; put one folder or archive for each student into it`,
    );
  const known: readonly Row[] = roster === undefined ? works : joinPeople(works, roster);
  const rows = known.toSorted(byName);
  const students = rows.map(({ layout: _layout, known: _known, ...row }, index): Student => ({
    ...row,
    home: homeOf(row.name, index + 1, rows.length),
  }));
  const claimed = new Set<Item>(claims.map(({ item }) => item));
  const ignored = items.filter((item) => !claimed.has(item) && (item.kind !== 'file' || !item.name.startsWith('.')));
  return {
    students,
    told: tellLayouts(works),
    notes: [
      ...tell(
        'Not graded, because no submission or hidden',
        ignored.map(({ name }) => name),
      ),
      ...tell(
        'Handed in, and not on the roster',
        rows.filter(({ known }) => known === false).map(({ name }) => name),
      ),
      ...tell(
        'On the roster, and nothing handed in',
        rows.filter(({ refusedAs }) => refusedAs === 'not-handed-in').map(({ name }) => name),
      ),
    ],
  };
}

/** A row before it has a place: `known` says whether the roster, where there is one, knows the person. */
type Row = Omit<Work, 'layout'> & { readonly layout?: LayoutName; readonly known?: boolean };

/** Each work under the person of the roster who has handed it in, and a row for everybody who has not. */
function joinPeople(works: readonly Work[], roster: readonly Person[]): Row[] {
  const matches = joinRoster(works, roster);
  const meant = new Set(matches.flatMap((match) => ('person' in match ? [match.person] : 'several' in match ? match.several : [])));
  const rows = works.map((work, index): Row => {
    const match = matches[index] as Match;
    if ('nobody' in match) return { ...work, known: false };
    if ('several' in match)
      return refuse({ ...work, known: true }, `it may be ${listPeople(match.several)} of the roster; name it by the id`);
    const others = matches.flatMap((other, at) =>
      at !== index && 'person' in other && other.person === match.person ? [works[at]?.handedIn ?? ''] : [],
    );
    const row: Row = { ...work, ...tellPerson(match.person), known: true };
    return others.length === 0
      ? row
      : refuse(row, `the roster has one person for ${listNames([work.handedIn ?? '', ...others])}; leave one of them`);
  });
  return [...rows, ...roster.filter((person) => !meant.has(person)).map(nothingFrom)];
}

const listPeople = (people: readonly Person[]) => listNames(people.map(({ id, name }) => (name === undefined ? id : `${name} (${id})`)));

/** A name where the roster has one, and the id, never one for the other. */
const tellPerson = ({ id, name, group }: Person) => ({ id, name: name ?? id, ...(group === undefined ? {} : { group }) });

const refuse = (row: Row, refused: string): Row => ({ ...row, refused, refusedAs: 'unreadable' });

const nothingFrom = (person: Person): Row => ({
  ...tellPerson(person),
  folder: '',
  refused: 'nothing was handed in',
  refusedAs: 'not-handed-in',
  known: true,
});

/** By the bytes of their names, and of what was handed in where those are the same. */
function byName(one: Row, other: Row): number {
  const bytes = ({ name, handedIn = '', id = '' }: Row) => Buffer.from(JSON.stringify([name, handedIn, id]));
  return Buffer.compare(bytes(one), bytes(other));
}

const tell = (what: string, names: readonly string[]) => (names.length === 0 ? [] : [`${what}: ${listNames(names)}.`]);
