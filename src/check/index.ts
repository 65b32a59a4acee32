// What an exercise's tests and oracle may use.
export { exerciseChecks } from './harness.ts';
export { defineOracle } from './oracle.ts';
export type { Draw } from './random.ts';
