// What an exercise's tests may use.
export { race } from './race.ts';
