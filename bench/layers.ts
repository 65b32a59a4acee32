import type { layers } from '@tensorflow/tfjs';

import { compareNumbers } from '../src/check/compare.ts';
import { toTensor } from '../src/check/nested.ts';
import { Random } from '../src/check/random.ts';
import { deviceNames, classOf } from '../src/result/device.ts';
import { openDevice } from '../src/device/open.ts';
import { chooseDevice } from '../src/device/probe.ts';
import { UserError } from '../src/errors.ts';
import { raceRounds, type Rounds } from '../src/race/rounds.ts';
import { alpha, intervalOf } from '../src/race/sequential-test.ts';
import { ratiosOf } from '../src/result/race.ts';
import { median } from '../src/result/statistics.ts';
import { InProcessSubject } from '../src/driver/in-process.ts';
import type { PassInput } from '../src/wire/subject.ts';
import type { HostTensor } from '../src/wire/tensor.ts';
import { Watchdog } from '../src/driver/watchdog.ts';
import { elmanSequence } from '../solutions/02-elman-sequence/elman-sequence.ts';
import { elmanParallel } from '../solutions/03-hoisted-projection/hoisted-projection.ts';
import { lstm, type LstmInput } from '../solutions/06-lstm/lstm.ts';
import { gru, type GruInput } from '../solutions/07-gru/gru.ts';

// The second half of `npm run bench -- [device]`: the solutions' passes against TensorFlow.js's own layers, which do the same work on the same device in the same process.

const B = 4; // sequences: more than one, and few, as in the exercises
const T = 256; // steps: what is done once for all of them no longer counts
const I = 32; // numbers of the input: not H, so that no transposed matrix fits
const H = 64; // numbers of the state: small, so that what a pass asks for counts and not the matrix product alone
const scale = 0.1; // of the weights: 0.1 √H is below 1, so that no rounding grows over the steps
const tolerance = { absolute: 1e-4, relative: 0, why: 'some thousand roundings of float32, on numbers below 1' };
const margin = 0.9; // of the layer's speed, where a race ends: no number of rounds shows that two equals are equal, and a tenth is less than a learner notices

type Input = LstmInput & GruInput; // each pass takes what it knows; the names agree
type Layer = ReturnType<typeof layers.simpleRNN>;

interface Pair {
  readonly pass: string;
  readonly run: (input: Input) => { readonly h: LstmInput['x'] };
  readonly layer: string;
  readonly make: () => Layer;
  /** Blocks of H columns in the weights, in the kit's order, named as in the exercise. */
  readonly blocks: string;
  /** The same blocks in the layer's order. */
  readonly layerBlocks: string;
}

const wanted = process.argv[2];
const name = deviceNames.find((one) => one === wanted);
if (wanted !== name) throw new UserError(`There is no device ${wanted}: name one of ${deviceNames.join(', ')}, or none.`);
const device = await openDevice((await chooseDevice(name)).name);
const { tf, report } = device;
if (classOf(report) === undefined) throw new UserError(`The device ${report.name} (${report.kind}) is never timed: name another.`);
const watchdog = new Watchdog();

const plain = { units: H, returnSequences: true, recurrentInitializer: 'zeros' } as const; // the weights are set below, and the default is slow and warns
const gated = { ...plain, recurrentActivation: 'sigmoid' } as const; // by itself it would be a line with two corners
const one = { layer: 'simpleRNN', make: () => tf.layers.simpleRNN(plain), blocks: 'h', layerBlocks: 'h' };
const pairs: readonly Pair[] = [
  { pass: '02 elmanSequence', run: elmanSequence, ...one },
  { pass: '03 elmanParallel', run: elmanParallel, ...one }, // on wasm tf.unstack copies its whole input at each step: the pass's is H wide, the layer's I
  {
    pass: '06 lstm',
    run: lstm,
    layer: 'lstm',
    make: () => tf.layers.lstm({ ...gated, unitForgetBias: false }),
    blocks: 'ifgo',
    layerBlocks: 'ifgo',
  },
  { pass: '07 gru', run: gru, layer: 'gru', make: () => tf.layers.gru(gated), blocks: 'rzn', layerBlocks: 'zrn' },
];
const error = alpha / pairs.length; // so that the whole table is wrong once in a hundred runs at most

/**
 * Weights in the kit's order. The layer's GRU resets the state before the product with Wh and the kit's after it: two functions, and one where the candidate's block of
 * Wh is diagonal. So it is, and the time is the same, for the product is as large. The layer has one bias, so the kit's second is zero.
 */
function drawWeights({ pass, blocks }: Pair) {
  const [draw, columns, start] = [new Random('bench-layers', `${pass}/weights`), blocks.length * H, blocks.indexOf('n') * H];
  const keep = (row: number, column: number) => start < 0 || column < start || column - start === row;
  const Wh = draw.normal([H, columns], scale).map((row, i) => row.map((weight, j) => (keep(i, j) ? weight : 0)));
  const [b, none] = [draw.normal([columns], scale), Array.from({ length: columns }, () => 0)];
  return { Wx: draw.normal([I, columns], scale), Wh, b, bx: b, bh: none };
}

/** A layer with the kit's weights, its blocks moved to where the layer wants them. */
function buildLayer({ make, blocks, layerBlocks }: Pair, { Wx, Wh, b }: ReturnType<typeof drawWeights>): Layer {
  const move = (row: readonly number[]) => layerBlocks.split('').flatMap((block) => row.slice(blocks.indexOf(block) * H).slice(0, H));
  const layer = make();
  tf.tidy(() => {
    layer.apply(tf.zeros([1, 1, I])); // makes the variables
    layer.setWeights([tf.tensor2d(Wx.map(move)), tf.tensor2d(Wh.map(move)), tf.tensor1d(move(b))]);
  });
  return layer;
}

/** Throws unless both give the same numbers; then races them. */
async function comparePair(pair: Pair): Promise<Rounds> {
  const before = tf.memory().numTensors;
  const weights = drawWeights(pair);
  const layer = buildLayer(pair, weights);
  const passes = {
    kit: (input: Input) => tf.tidy(() => pair.run(input).h),
    layer: ({ x, h0, c0 }: Input) => layer.apply(x, { initialState: pair.layer === 'lstm' ? [h0, c0] : [h0] }),
  };
  const subject = new InProcessSubject(device, pair.pass, passes, watchdog);
  const fixed = Object.fromEntries(Object.entries(weights).map(([key, value]) => [key, toTensor(value)]));
  const inputOf = (index: number): PassInput => {
    const draw = new Random('bench-layers', `${pair.pass}/${index}`);
    return { x: toTensor(draw.normal([B, T, I])), h0: toTensor(draw.normal([B, H])), c0: toTensor(draw.normal([B, H])), ...fixed };
  };
  const [ours, theirs] = [await subject.call('kit', inputOf(-1)), await subject.call('layer', inputOf(-1))] as [HostTensor, HostTensor];
  const { difference } = compareNumbers('h', ours.data, theirs.data, theirs.shape, tolerance);
  if (difference !== undefined)
    throw new Error(`${pair.pass} and tf.layers.${pair.layer} are not the same function: ${difference.message}`);
  const timed = (pass: keyof typeof passes) => async (index: number) => {
    await subject.stage(inputOf(index));
    return (await subject.runStaged(pass)).durationMs; // with the whole of h read
  };
  const rounds = await raceRounds({ baseline: timed('layer'), candidate: timed('kit') }, { threshold: margin }, { error });
  await subject.stage({}); // frees what was staged last
  layer.dispose();
  if (tf.memory().numTensors !== before) throw new Error(`${pair.pass} against tf.layers.${pair.layer} left tensors behind`);
  return rounds;
}

/** Slower and faster by the interval, which has the test's own error. A race lost at the margin has its interval below the margin, and so below 1. */
function verdictOf({ verdict, rounds }: Rounds): string {
  const { low, high } = intervalOf(ratiosOf({ rounds }), error) ?? { low: 0, high: Infinity };
  if (high < 1) return 'slower';
  if (low > 1) return 'faster';
  return verdict === 'faster' ? 'no slower' : 'cannot tell';
}

console.log(`\n${report.name} ${report.version ?? ''} (${report.kind}), Node ${process.version}\n`);
console.log(`The solutions' passes against TensorFlow.js's layers: rounds on fresh inputs, the whole of h read, the layer's time over the pass's. A race ends
where it is decided whether the pass reaches ${margin} of the layer's speed, since at 1 itself equals would never be told apart: *no slower* means it does. *Slower*
and *faster* mean that the interval lies wholly below or above 1. In one run of ${1 / alpha} at most a pass is wrongly called slower, which ends the run with an error.
The GRU's candidate hears each state through a diagonal matrix, as full for the processor as any: only there the kit's GRU and the layer's are one function.\n`);
console.log('| pass | layer | sizes | kit, ms | layer, ms | times as fast | interval | verdict |\n|---|---|---|---|---|---|---|---|');
for (const pair of pairs) {
  const rounds = await comparePair(pair);
  const [verdict, interval] = [verdictOf(rounds), intervalOf(ratiosOf(rounds), error)];
  const range = interval === undefined ? 'too few rounds' : `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`;
  const { candidate, baseline } = rounds.statistics;
  const times = [candidate, baseline].map(({ p50 }) => p50.toFixed(1)).join(' | ');
  console.log(
    `| ${pair.pass} | ${pair.layer} | B ${B}, T ${T}, I ${I}, H ${H} | ${times} | ${median(ratiosOf(rounds)).toFixed(2)} | ${range} | ${verdict} |`,
  );
  if (verdict === 'slower') process.exitCode = 1;
}
await device.close();
