import { median } from '../result/statistics.ts';
import type { Subject } from '../wire/subject.ts';
import { HostTensor, isBranch, type Tree } from '../wire/tensor.ts';
import { echoPass, productPass } from './probes.ts';

const repeats = 5; // odd, so that the median is one of them
const floorShare = 0.5; // of a physical bound: half of it leaves room for noise
const mostOfReference = 10; // times as fast as the kit's own parallel pass: no pass was, in any calibration
const side = 1024; // of the matrices whose product shows what the device can do: large enough to fill it, 2 GFLOP

/** The least time, in milliseconds, that something about an answer must take on this device. */
export interface Bound {
  readonly ms: number;
  /** Begins the sentence that ends in "this device X ms". */
  readonly what: string;
}

/** To give an answer of this form when there is nothing to compute. */
export async function boundOfMoving(kit: Subject, answer: Tree): Promise<Bound> {
  const tensors = isBranch(answer)
    ? Object.fromEntries(Object.entries(answer).filter(([, value]) => value instanceof HostTensor))
    : { answer };
  return { ms: await medianMs(kit, echoPass, tensors), what: 'only to move an answer of this size takes' };
}

/** To do so many floating-point operations at the rate of a large matrix product. */
export async function boundOfComputing(kit: Subject, flops: number): Promise<Bound> {
  const matrix = () =>
    new HostTensor(
      [side, side],
      'float32',
      new Float32Array(side * side).map((_, at) => (at % 7) - 3),
    );
  const ms = await medianMs(kit, productPass, { a: matrix(), b: matrix() });
  return {
    ms: (ms * flops) / (2 * side ** 3),
    what: `the ${(flops / 1e9).toPrecision(2)} billion multiplications and additions that it cannot do without take`,
  };
}

async function medianMs(kit: Subject, pass: string, input: Parameters<Subject['stage']>[0]): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn <= repeats; turn++) {
    await kit.stage(input);
    times.push((await kit.runStaged(pass)).durationMs);
  }
  return median(times.slice(1)); // the first call warms up
}

/** Why a median time cannot be that of an honest pass; `undefined` where it can. */
export function whyImplausible(candidateMs: number, bounds: readonly Bound[], referenceMs: number | undefined): string | undefined {
  const broken = bounds.find(({ ms }) => candidateMs < floorShare * ms);
  if (broken !== undefined) return `it took ${candidateMs.toFixed(3)} ms, and ${broken.what} this device ${broken.ms.toFixed(3)} ms`;
  if (referenceMs !== undefined && candidateMs * mostOfReference < referenceMs)
    return `it is more than ${mostOfReference} times as fast as the kit's own parallel pass (${candidateMs.toFixed(3)} against ${referenceMs.toFixed(3)} ms)`;
  return undefined;
}
