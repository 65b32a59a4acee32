import { readFileSync } from 'node:fs';

/** The colour schemes of the pages' style sheet: light, dark, print. */
export function readSchemes(): string[] {
  const css = readFileSync(new URL('../../reports/style.css', import.meta.url), 'utf8');
  const parts = css.split(':root {').slice(1);
  return parts.map((part) => part.slice(0, part.indexOf('}')));
}

/** `#fdfcf8`; empty where the scheme does not name the colour. */
export function colourOf(scheme: string, name: string): string {
  return new RegExp(`${name}: (#[0-9a-f]+);`).exec(scheme)?.[1] ?? '';
}

/** Relative luminances' ratio, WCAG 2.2. */
export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminanceOf).toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: string): number {
  const hex = colour.slice(1);
  const full = hex.length === 3 ? Array.from(hex, (digit) => digit + digit).join('') : hex;
  const channels = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
