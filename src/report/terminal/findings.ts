import { showLine } from '../text/layout.ts';
import { countOf } from '../text/numbers.ts';
import { makeSafe, safe, type SafeText } from '../text/safe-text.ts';
import { renderParts, type Drawn } from './parts.ts';
import type { SummaryOptions } from './summary.ts';

/** What was found when seals were checked. */
export interface Verified {
  /** Results and gradebooks that were looked at. */
  readonly looked: number;
  readonly gradebooks: number;
  readonly findings: readonly { readonly file: string; readonly problem?: string; readonly sentence: string }[];
}

/** What was altered, a line for each file, and how many are sealed and whole. A file may have been named by anyone. */
export function summariseFindings({ looked, gradebooks, findings }: Verified, { colour = false }: SummaryOptions = {}): Drawn {
  const bad = new Set(findings.filter(({ problem }) => problem !== 'missing').map(({ file }) => file)).size; // of those that were looked at
  const lines = findings.map(({ file, sentence }) => safe`${showLine(makeSafe(file), 200)}: ${showLine(makeSafe(sentence), 1000)}`);
  const count = safe`${looked - bad} of ${countOf(looked, safe`file`)} sealed and whole.`;
  const lone: SafeText[] =
    gradebooks === 0 && looked > 1 && !findings.some(({ problem }) => problem === 'missing')
      ? [safe`No gradebook.json is here: a result that was taken away would not be missed.`]
      : [];
  return renderParts(
    [
      lines.map((text) => ({ text, indent: safe`  `, tone: 'fail' as const })),
      [count, ...lone].map((text) => ({ text, ...(findings.length === 0 ? { tone: 'pass' as const } : {}) })),
    ],
    colour,
  );
}
