import { slugOf } from '../result/home.ts';

const fewestDigits = 3; // so that a class of some hundred sorts by name everywhere

/**
 * The folder of a student's results below those of the cohort. The number decides; the letters after it help a person to find it, and
 * are those that mean nothing to any file system, shell or browser.
 */
export function homeOf(name: string, number: number, count: number): string {
  const digits = Math.max(fewestDigits, String(count).length);
  const slug = slugOf(name);
  return `students/${String(number).padStart(digits, '0')}${slug === '' ? '' : `-${slug}`}`;
}
