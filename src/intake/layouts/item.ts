import type { Entry } from '../folder.ts';

/** One thing in the folder of a class. */
export interface Item {
  /** As it is shown: a text like any other. */
  readonly name: string;
  readonly kind: Entry['kind'];
  /** Whether it is a folder with a git repository in it. */
  isClone(): boolean;
}

/** Whose work an item is, as far as its name tells. */
export interface Claim {
  /** What the platform calls the person: a number or a login. Absent where it tells a name alone. */
  readonly id?: string;
  /** What a person would call them. */
  readonly name: string;
  /** True where the platform has marked it as handed in late. */
  readonly late?: boolean;
}

/** Reads the names of a download of one kind; items that it does not know have no claim. */
export type Layout = (items: readonly Item[]) => ReadonlyMap<Item, Claim>;

/** A layout that looks at one name at a time. */
export const eachAlone =
  (claim: (item: Item) => Claim | undefined): Layout =>
  (items) =>
    new Map(
      items.flatMap((item) => {
        const found = claim(item);
        return found === undefined ? [] : [[item, found] as const];
      }),
    );
