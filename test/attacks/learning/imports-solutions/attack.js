import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf, whichWork } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const require = builtin('module').createRequire(`${bait.kitRoot}/package.json`);
  const paths = [
    './solutions/02-elman-sequence/elman-sequence.ts',
    './exercises/02-elman-sequence/oracle.ts',
    './package.json',
    'vitest/package.json',
  ];
  return whichWork(Object.fromEntries(paths.map((path) => [path, () => require(path)])));
});
