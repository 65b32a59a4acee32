import type { SafeText } from '../text/safe-text.ts';

declare const drawn: unique symbol;
/** SVG made by the pictures of this folder: the only markup that a template may insert unescaped. */
export type Svg = string & { readonly [drawn]: true };

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly title: SafeText;
  readonly description: SafeText;
  readonly className: string;
}

/** Text inside SVG. Escapes all that could end a text or an attribute. */
export function escapeText(text: SafeText): string {
  return text.replace(/[&<>"'`=]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** A coordinate to a tenth of a unit: finer cannot be seen and only makes the page longer. */
export function place(value: number): string {
  return String(Math.round(value * 10) / 10 || 0); // `|| 0`: no -0 and no NaN
}

/** Closes the shapes in a picture with title and description. Shapes must already be escaped. */
export function frame({ width, height, title, description, className }: Frame, shapes: readonly string[]): Svg {
  const head = `<title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>`;
  const open = `<svg class="picture ${className}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`;
  return `${open}${head}${shapes.join('')}</svg>` as Svg;
}

export type Anchor = 'start' | 'middle' | 'end';

export function label(x: number, y: number, text: SafeText, anchor: Anchor = 'middle', className = 'label'): string {
  return `<text class="${className}" x="${place(x)}" y="${place(y)}" text-anchor="${anchor}">${escapeText(text)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, className: string): string {
  return `<line class="${className}" x1="${place(x1)}" y1="${place(y1)}" x2="${place(x2)}" y2="${place(y2)}"/>`;
}

export function box(x: number, y: number, width: number, height: number, className: string): string {
  return `<rect class="${className}" x="${place(x)}" y="${place(y)}" width="${place(width)}" height="${place(height)}"/>`;
}
