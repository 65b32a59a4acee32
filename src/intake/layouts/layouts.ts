import { canvas } from './canvas.ts';
import { folders } from './folders.ts';
import { github, namedGithub } from './github.ts';
import type { Claim, Item, Layout } from './item.ts';
import { moodle } from './moodle.ts';

export const layoutNames = ['moodle', 'canvas', 'github', 'folders'] as const;
export type LayoutName = (typeof layoutNames)[number];

/** In the order in which they are asked; the last knows every name. */
const byItself: Readonly<Record<LayoutName, Layout>> = { moodle, canvas, github, folders };
const named: Readonly<Record<LayoutName, Layout>> = { ...byItself, github: namedGithub };

const words: Readonly<Record<LayoutName, string>> = {
  moodle: 'a Moodle download',
  canvas: 'a Canvas download',
  github: 'clones of GitHub Classroom',
  folders: 'a folder or archive for each student',
};

export interface Claimed extends Claim {
  readonly item: Item;
  readonly layout: LayoutName;
}

/** Whose each item is: by the layout that was named, or by the first that knows it. What no layout knows is left out. */
export function claimItems(items: readonly Item[], asked?: LayoutName): Claimed[] {
  if (asked !== undefined) return claimBy(items, asked, named[asked]);
  const claims = layoutNames.map((name) => claimBy(items, name, byItself[name]));
  return items.flatMap((item) => claims.flatMap((each) => each.filter((claim) => claim.item === item)).slice(0, 1));
}

const claimBy = (items: readonly Item[], layout: LayoutName, read: Layout): Claimed[] =>
  [...read(items)].map(([item, claim]) => ({ ...claim, item, layout }));

/** `read as a Canvas download: 31 submissions`. */
export function tellLayouts(students: readonly { readonly layout: LayoutName }[]): string {
  const counts = layoutNames
    .map((name) => [words[name], students.filter(({ layout }) => layout === name).length] as const)
    .filter(([, count]) => count > 0);
  return `read as ${counts.map(([kind, count]) => `${kind}: ${count} submission${count === 1 ? '' : 's'}`).join('; as ')}`;
}
