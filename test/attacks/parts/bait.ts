import type { Bait } from '../../../src/audit/bait.ts';

declare const BAIT: Bait; // put in by the audit, see src/audit/hand-in.ts

/** What the attacker is told of the machine of the one who grades. */
export const bait: Bait = BAIT;
