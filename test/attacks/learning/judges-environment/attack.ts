import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf, attempt } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { readdirSync, readFileSync } = builtin('fs');
  const seen = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) =>
      ['environ', 'cmdline', 'cgroup', 'mountinfo'].map((file) => attempt(() => readFileSync(`/proc/${pid}/${file}`, 'latin1')) ?? ''),
    )
    .join('\n');
  const learned = [bait.kitRoot, bait.secretFile, 'UNROLL_AUDIT_BAIT', 'UNROLL_SECRET', 'unroll-box', String(bait.judgePid)].filter(
    (word) => seen.includes(word),
  );
  if (learned.length > 0) console.log(seen.slice(0, 12_000)); // characters: so much is kept of what is printed
  return learned.join(', ');
});
