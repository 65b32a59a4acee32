import { randomBytes } from 'node:crypto';

/** A seed nobody can have learned by heart. */
export const freshSeed = () => randomBytes(8).toString('hex');
