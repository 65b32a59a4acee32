import { makeSafe, safe, type SafeText } from './safe-text.ts';

/**
 * A link to a file below the page, or null where the path leaves the page's folder. Every segment is percent-encoded,
 * so a folder called `javascript:x` stays a folder.
 */
export function linkTo(path: string): SafeText | null {
  const segments = splitPath(path);
  return segments === null ? null : safe`./${makeSafe(segments.map((segment) => encodeURIComponent(segment)).join('/'))}`;
}

/** The segments of a relative path that stays below its folder, or null. */
export function splitPath(path: string): string[] | null {
  if (/^([/\\]|[A-Za-z]:[\\/])/.test(path) || path.includes('\0') || /\p{Surrogate}/u.test(path)) return null;
  const segments = path.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.');
  return segments.length === 0 || segments.includes('..') ? null : segments;
}
