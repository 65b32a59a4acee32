import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const status = builtin('fs').readFileSync('/proc/self/status', 'utf8');
  const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';
  const held = ['CapEff', 'CapPrm', 'CapInh', 'CapAmb'].filter((name) => /[1-9a-f]/.test(field(name)));
  return [...held, ...(field('NoNewPrivs') === '0' ? ['new privileges'] : [])].join(', ');
});
