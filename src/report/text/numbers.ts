import { makeSafe, safe, type SafeText } from './safe-text.ts';

/** Numbers as a reader meets them, with their units. A number that does not exist is a dash, never NaN and never 0. */

export const dash = safe`–`;

const upToTwoDecimals = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const upToFourDecimals = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

export function showCount(value: number): SafeText {
  return Number.isFinite(value) ? makeSafe(upToTwoDecimals.format(value === 0 ? 0 : value)) : dash; // 0, never -0
}

/** `1 point`, `6 points`. */
export function showPoints(value: number): SafeText {
  return countOf(value, safe`point`);
}

/** `1 student`, `3 students`. */
export function countOf(value: number, noun: SafeText): SafeText {
  return value === 1 ? safe`${showCount(value)} ${noun}` : safe`${showCount(value)} ${noun}s`;
}

/** A share as a percentage, cut and not rounded: 99.96 % is never shown as 100 %. */
export function showShare(share: number | null): SafeText {
  if (share === null || !Number.isFinite(share)) return dash;
  return safe`${makeSafe(upToTwoDecimals.format(Math.floor(share * 1000 + 1e-9) / 10))} %`; // 1e-9: 0.29 * 1000 is 289.99999999999994
}

/** Milliseconds to three significant digits. */
export function showMs(milliseconds: number): SafeText {
  return Number.isFinite(milliseconds) ? safe`${makeSafe(threeDigits.format(milliseconds))} ms` : dash;
}

/** A speed-up, cut and not rounded: 1.998 must not look like the 2 that was asked for. */
export function showRatio(ratio: number): SafeText {
  if (!Number.isFinite(ratio) || ratio <= 0) return dash;
  const step = ratio >= 100 ? 1 : ratio >= 10 ? 10 : ratio >= 0.1 ? 100 : 10_000;
  return safe`${makeSafe(upToFourDecimals.format(Math.floor(ratio * step + 1e-9) / step))}×`; // 1e-9: 1.1 * 100 is 110.00000000000001, 0.57 * 100 less than 57
}

/** Three significant digits and nothing else, for the axis of a plot. */
export function showDigits(value: number): SafeText {
  return makeSafe(value.toPrecision(3));
}

/** How long something took: `340 ms`, `12.4 s`, `3 min 12 s`, `2 h 5 min`. */
export function showDuration(milliseconds: number): SafeText {
  if (milliseconds < 1000) return showMs(Math.round(milliseconds));
  if (milliseconds < 59_950) return safe`${makeSafe((milliseconds / 1000).toFixed(1))} s`; // 59,950 ms would round to 60.0 s
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return safe`${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return safe`${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** `22 November 2026 at 10:32 UTC`. */
export function showDate(iso: string): SafeText {
  return safe`${makeSafe(day.format(new Date(iso)))} UTC`;
}

export function showMemory(bytes: number): SafeText {
  return Number.isFinite(bytes) ? safe`${makeSafe((bytes / 2 ** 30).toFixed(1))} GiB` : dash;
}
