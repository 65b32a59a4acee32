/**
 * The far side of `probeDevice` and `probeAddon`: opens one device and tries a product whose numbers are known. A second argument is
 * an addon of TensorFlow that is not in its place yet: tfjs-node-gpu is shown that one.
 */
import { createRequire } from 'node:module';

import { messageOf } from '../errors.ts';
import { type DeviceName } from '../result/device.ts';
import { findBinding } from './addon.ts';
import { openDevice } from './open.ts';

const expected = [19, 22, 43, 50]; // [[1,2],[3,4]] times [[5,6],[7,8]], exact in float32

interface PreGyp {
  find: () => string;
}

function showAddon(addon: string): void {
  const finder = createRequire(`${findBinding().folder}/package.json`)('@mapbox/node-pre-gyp/lib/pre-binding.js') as PreGyp;
  finder.find = () => addon;
}

async function probe(name: DeviceName, addon: string | undefined): Promise<object> {
  if (addon !== undefined) showAddon(addon);
  const { tf, report } = await openDevice(name);
  const product = tf.matMul(
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.tensor2d([
      [5, 6],
      [7, 8],
    ]),
  );
  const numbers = Array.from(await product.data());
  if (expected.every((number, i) => number === numbers[i])) return report;
  return { error: `The device ${name} computes wrong numbers: [${numbers.join(', ')}] where [${expected.join(', ')}] is right.` };
}

const answer = await probe(process.argv[2] as DeviceName, process.argv[3]).catch((error: unknown) => ({ error: messageOf(error) }));
process.send?.(answer);
