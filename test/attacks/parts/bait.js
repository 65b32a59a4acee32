/** What the attacker is told of the machine of the one who grades. */
export const bait = BAIT;
