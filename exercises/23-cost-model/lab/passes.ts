import type { Random } from '#authoring';

export type Size = { B: number; T: number; D: number };

/** The two passes of given.ts: what predicts each, and an input for it. */
export const passes = [
  { pass: 'elmanSequence', predictedBy: 'elmanCost', name: 'Elman network', draw: drawElman },
  { pass: 'causalAttention', predictedBy: 'attentionCost', name: 'causal attention', draw: drawAttention },
] as const;

function drawElman(random: Random, { B, T, D }: Size) {
  const W = () => random.normal([D, D], D ** -0.5);
  return { x: random.normal([B, T, D]), h0: random.normal([B, D]), Wx: W(), Wh: W(), b: random.normal([D]) };
}

function drawAttention(random: Random, { B, T, D }: Size) {
  const W = () => random.normal([D, D], D ** -0.5);
  const mask = Array.from({ length: T }, (_q, t) => Array.from({ length: T }, (_k, s) => (s <= t ? 0 : -1e30)));
  return { x: random.normal([B, T, D]), Wq: W(), Wk: W(), Wv: W(), Wo: W(), mask };
}

/** Microseconds that a cost model predicts. */
export const predict = (model: { perKernel: number; perMegaflop: number }, cost: { kernels: number; flops: number }) =>
  model.perKernel * cost.kernels + (model.perMegaflop * cost.flops) / 1e6;
