import { InvalidArgumentError } from 'commander';

/** Reads an option such as `--only 02,10` into its words. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** A whole number from 1 on. */
export function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('use a whole number from 1 on');
  return count;
}
