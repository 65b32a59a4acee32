/**
 * The one face of the kit for exercises: what a test, an oracle or a figures.ts may import, as `#authoring`.
 */
export { exerciseChecks } from './run/harness.ts';
export { defineOracle } from './check/oracle.ts';
export type { Random } from './check/random.ts';
export { race } from './race/race.ts';
export type { Figures } from './author/figures.ts';
export type { Examination } from './check/examination.ts';
export { toTensor } from './check/nested.ts';
export { HostTensor, type Tree } from './wire/tensor.ts';
export type { MemoryUse } from './wire/subject.ts';
export { agrees, anySplit, batchIndependent, causal, differentiable, leavesNothing, prefix } from './check/laws.ts';
export {
  add,
  cumulativeSum,
  cut,
  dot,
  identity,
  logSumExp,
  mapAxis,
  mapNumbers,
  matmul,
  mean,
  onesLike,
  raiseFrom,
  range,
  rowTimes,
  samePasses,
  scale,
  scaledScores,
  sigmoid,
  softmax,
  statesBefore,
  sum,
  transpose,
  transposeSquare,
  weightedSum,
  zerosLike,
  zipNumbers,
  type Matrix,
  type Row,
} from './check/lists.ts';
