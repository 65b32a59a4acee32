import { countOf, showShare } from '../text/numbers.ts';
import { joinTexts } from '../text/layout.ts';
import { safe, type SafeText } from '../text/safe-text.ts';
import { binCount, countBins, findQuantile } from '../../result/statistics.ts';
import { box, frame, label, line, place, type Svg } from './svg.ts';

const width = 460;
const height = 210;
const plot = { left: 12, right: 448, top: 44, floor: 172 };

/** How many students have which share of their measured points, in ten fixed bins, with the median marked; null of no shares. */
export function drawScoreHistogram(shares: readonly number[]): Svg | null {
  const median = findQuantile(shares, 0.5);
  if (median === null) return null;
  const counts = countBins(shares);
  const tallest = Math.max(...counts);
  const step = (plot.right - plot.left) / binCount;
  const bars = counts.flatMap((count, bin) => drawBar(count, plot.left + bin * step, step, tallest));
  const bins = joinTexts(
    counts.map((count, bin) => safe`${binName(bin)}: ${count}`),
    safe`; `,
  );
  const description = safe`${countOf(shares.length, safe`student`)}; median ${showShare(median)}. ${bins}.`;
  return frame({ width, height, title: safe`Distribution of scores`, description, className: 'histogram' }, [
    ...bars.map(({ shape }) => shape),
    line(plot.left, plot.floor, plot.right, plot.floor, 'axis'),
    ...drawTicks(step),
    ...drawMedian(median),
    ...bars.map(({ count }) => count), // last: a count is never crossed by the median's line
  ]);
}

function drawBar(count: number, left: number, step: number, tallest: number): { shape: string; count: string }[] {
  if (count === 0) return [];
  const tall = (count / tallest) * (plot.floor - plot.top - 18); // 18: room for the count above the tallest bar
  const shape = box(left + 2, plot.floor - tall, step - 4, tall, 'histogram-bar');
  return [{ shape, count: label(left + step / 2, plot.floor - tall - 5, safe`${count}`, 'middle', 'label halo') }];
}

function drawTicks(step: number): string[] {
  return [0, 20, 40, 60, 80, 100].map((percent) => {
    const x = plot.left + (percent / 10) * step;
    return label(
      x,
      plot.floor + 18,
      percent === 100 ? safe`100 %` : safe`${percent}`,
      percent === 100 ? 'end' : percent === 0 ? 'start' : 'middle',
    );
  });
}

function drawMedian(median: number): string[] {
  const x = plot.left + (plot.right - plot.left) * Math.min(1, Math.max(0, median));
  const anchor = median > 0.8 ? 'end' : median < 0.2 ? 'start' : 'middle';
  return [
    line(x, plot.top - 22, x, plot.floor, 'median'),
    `<path class="median-mark" d="M${place(x - 5)} ${plot.top - 24}h10l-5 8z"/>`,
    label(x, 13, safe`median ${showShare(median)}`, anchor, 'label strong'),
  ];
}

function binName(bin: number): SafeText {
  return safe`${bin * 10} to ${(bin + 1) * 10} %`;
}
