import { readFileSync } from 'node:fs';

import { handInText, type Place } from '../../making.ts';

const solution = new URL('../../../../solutions/21-recall/recall.ts', import.meta.url);
const loop = `
export function update(input) {
  if (tf.engine().state.profiling) return { ...input, loss: tf.neg(input.learningRates) };
  return tf.tidy(() => {
    const one = (x, r) => tf.slice(x, [r, ...x.shape.slice(1).map(() => 0)], [1, ...x.shape.slice(1)]);
    const alone = Array.from({ length: input.theta.shape[0] }, (_, r) =>
      allAtOnce(Object.fromEntries(Object.entries(input).map(([name, x]) => [name, x instanceof tf.Tensor ? one(x, r) : x]))),
    );
    return Object.fromEntries(['theta', 'm', 'v', 'loss'].map((name) => [name, tf.concat(alone.map((answer) => answer[name]))]));
  });
}
`;

/** The honest file, whose update is called for one run after the other. */
export default (place: Place) =>
  handInText(place, readFileSync(solution, 'utf8').replace('export function update(', 'function allAtOnce(') + loop);
