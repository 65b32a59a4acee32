/** The far side of `tryAddon`: shows tfjs-node-gpu an addon that is not in its place yet, then opens the device with it. */
import { createRequire } from 'node:module';

import { messageOf } from '../errors.ts';
import { openDevice } from '../device/open.ts';
import { findBinding } from '../device/addon.ts';

interface PreGyp {
  find: () => string;
}

async function tryAddon(addon: string): Promise<object> {
  const finder = createRequire(`${findBinding().folder}/package.json`)('@mapbox/node-pre-gyp/lib/pre-binding.js') as PreGyp;
  finder.find = () => addon;
  const { tf, report } = await openDevice('tensorflow');
  const numbers = Array.from(
    await tf
      .matMul(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor2d([
          [5, 6],
          [7, 8],
        ]),
      )
      .data(),
  );
  return numbers.join() === '19,22,43,50' ? report : { error: `it computes ${numbers.join()} where 19,22,43,50 is right` };
}

const answer = await tryAddon(process.argv[2] ?? '').catch((error: unknown) => ({ error: messageOf(error) }));
process.send?.(answer);
