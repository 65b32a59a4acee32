import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import subsetFont from 'subset-font';

/** Letters that MathML makes of others: a lone letter becomes a slanted one, and roots are drawn from a glyph that no formula spells. */
const implied = [range(0x1d434, 0x1d467), range(0x1d6e2, 0x1d71b), 'ℎ√‾'].join('');
const font = '@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2';

/**
 * The part of STIX Two Math that these pages need, as a rule of CSS: without a font for mathematics, which many machines lack, brackets do not grow
 * with what they enclose.
 */
export async function makeMathFont(pages: readonly string[]): Promise<string> {
  const spelled = pages.flatMap((page) => page.match(/<math[^]*?<\/math>/g) ?? []).join('');
  const letters = [...new Set(spelled.replaceAll(/<[^>]*>/g, ''))].join('');
  const part = await subsetFont(await readFile(createRequire(import.meta.url).resolve(font)), letters + implied, { targetFormat: 'woff2' });
  return `@font-face { font-family: 'Lesson Math'; src: url(data:font/woff2;base64,${part.toString('base64')}) format('woff2'); }`;
}

function range(from: number, to: number): string {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at));
}
