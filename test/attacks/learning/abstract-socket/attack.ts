import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(
  () =>
    new Promise<boolean>((resolve) => {
      const socket = builtin('net').connect({ path: bait.abstractSocket }, () => resolve(true));
      socket.on('error', () => resolve(false));
      setTimeout(resolve, 1000 /* ms */, false);
    }),
);
