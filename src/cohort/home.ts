const fewestDigits = 3; // so that a class of some hundred sorts by name everywhere
const longestSlug = 40; // letters: enough to find a person, short enough for every file system

/**
 * The folder of a student's results below those of the cohort. The number decides; the letters after it help a person to find it, and
 * are those that mean nothing to any file system, shell or browser.
 */
export function homeOf(name: string, number: number, count: number): string {
  const digits = Math.max(fewestDigits, String(count).length);
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replaceAll(/^-|-$/g, '');
  return `students/${String(number).padStart(digits, '0')}${slug === '' ? '' : `-${slug}`}`;
}
