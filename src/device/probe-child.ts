/** The far side of `probeDevice`: opens one device and tries a product whose numbers are known. */
import { messageOf } from '../errors.ts';
import { type DeviceName } from '../result/device.ts';
import { openDevice } from './open.ts';

const expected = [19, 22, 43, 50]; // [[1,2],[3,4]] times [[5,6],[7,8]], exact in float32

async function probe(name: DeviceName): Promise<object> {
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

const answer = await probe(process.argv[2] as DeviceName).catch((error: unknown) => ({ error: messageOf(error) }));
process.send?.(answer);
