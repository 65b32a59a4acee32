import type { Examination } from '#authoring';

import type { Plan, Row, Verdict } from './measurement.ts';
import { passes } from './passes.ts';

type Figure = Parameters<Examination['show']>[0];

/** A table of all calls. `crossing` is the length at which attention stops being cheaper by these prices, as the table says it. */
export function tableOf({ prices, rows }: Verdict, { empty, widest }: Plan, crossing: string, device: string): Figure {
  const words = ({ perKernel, perMegaflop }: Verdict['prices'][Row['pass']]) =>
    `${perKernel.toPrecision(3)} microseconds a kernel and ${perMegaflop.toPrecision(3)} a million FLOPs`;
  return {
    kind: 'table',
    title: `Prediction against measurement on ${device}`,
    note: `The prices were fitted without the lines marked kept. Elman network: ${words(prices.elmanSequence)}. Attention: ${words(prices.causalAttention)}. By these attention stops being cheaper at T = ${crossing}, for B = 1 and D = ${widest}. Measured is the fastest of several runs, less ${(empty.fastest / 1000).toPrecision(2)} ms for a call that does nothing.`,
    columns: ['pass', 'T', 'D', 'kernels', 'million FLOPs', 'MB', 'FLOPs a byte', 'measured, ms', 'model, ms', ''],
    rows: rows.map(({ name, size, kernels, flops, bytes, time, model, kept }) => [
      name,
      ...[size.T, size.D, kernels].map(String),
      ...[flops / 1e6, bytes / 1e6, flops / bytes, time / 1000, model / 1000].map((value) => value.toPrecision(3)),
      kept ? 'kept' : '',
    ]),
  };
}

export function curvesOf({ rows }: Verdict, { widest }: Plan, device: string): Figure {
  const line = (pass: string, of: 'time' | 'model') =>
    rows
      .filter((row) => row.pass === pass && row.size.D === widest)
      .map((row): [number, number] => [row.size.T, row[of] / 1000])
      .toSorted(([one], [other]) => one - other);
  return {
    kind: 'curves',
    title: `Time against length on ${device}`,
    note: `B = 1, D = ${widest}. Where the line of the model meets its measurements, kernels and FLOPs explain the time.`,
    x: { label: 'length of the sequence, T', log: true },
    y: { label: 'milliseconds', log: true },
    series: passes.flatMap(({ pass, name }) => [
      { name: `${name}, measured`, points: line(pass, 'time') },
      { name: `${name}, model`, points: line(pass, 'model') },
    ]),
  };
}
