/** Colours by what they mean: names of the style sheet in a page, plain colours in a picture that stands alone. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly series: readonly string[];
}

export const pagePalette: Palette = {
  paper: 'none',
  ink: 'var(--ink)',
  quiet: 'var(--quiet)',
  rule: 'var(--rule)',
  series: [1, 2, 3, 4, 5, 6].map((index) => `var(--series-${index})`),
};

/** For a lesson on a light or a dark page alike: it brings its own paper. The colours are those of the style sheet's light scheme. */
export const lonePalette: Palette = {
  paper: '#fdfcf8',
  ink: '#22211d',
  quiet: '#5f5b51',
  rule: '#d9d4c6',
  series: ['#0072b2', '#d55e00', '#00805c', '#b3558a', '#2a86b8', '#8a6d00'],
};
