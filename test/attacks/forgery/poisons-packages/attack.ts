import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf, whichWork } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { writeFileSync, unlinkSync } = builtin('fs');
  const folders = [
    '/box/node_modules',
    '/box/node_modules/@tensorflow',
    `${bait.kitRoot}/node_modules`,
    `${bait.kitRoot}/src`,
    '/usr/lib',
    '/usr/bin',
    `${bait.home}/.cache`,
  ];
  return whichWork(
    Object.fromEntries(
      folders.map((folder) => [
        folder,
        () => {
          writeFileSync(`${folder}/unroll-attack`, '');
          unlinkSync(`${folder}/unroll-attack`);
          return true;
        },
      ]),
    ),
  );
});
