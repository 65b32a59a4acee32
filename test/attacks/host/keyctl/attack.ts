import { winIf } from '../../parts/deed.ts';
import { succeeds, text } from '../../parts/syscalls.ts';

// add_key(user, name, payload, length, the user's session)

export const elmanSequence = winIf(() => succeeds(248, text('user'), text('unroll-attack'), text('x'), 1, -4));
