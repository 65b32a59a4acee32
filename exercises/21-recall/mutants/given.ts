/* What the solution's given.ts is to a mutant: both come along when a mutant is bundled, and the types are the same. */
export * from '../given.ts';
