import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf, attempt } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { readFileSync } = builtin('fs');
  const table = ['/proc/self/mountinfo', '/proc/self/mounts', '/proc/1/mountinfo']
    .map((path) => attempt(() => readFileSync(path, 'latin1')) ?? '')
    .join('');
  const learned = [bait.kitRoot, 'unroll-box', '/unroll', 'node_modules'].filter((word) =>
    table.replaceAll(' /box/node_modules ', ' ').includes(word),
  );
  if (learned.length > 0) console.log(table.slice(0, 12_000)); // characters: so much is kept of what is printed
  return learned.join(', ');
});
