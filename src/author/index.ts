// What an exercise's figures.ts may use.
export type { Figures } from './figures.ts';
export { toTensor } from '../check/nested.ts';
