import { BoxError } from '../box/box.ts';
import { CheckFailure, NotMeasured } from '../check/failure.ts';
import { messageOf } from '../errors.ts';
import { NotApplicable, SubjectFailure, type Replayer, type Subject } from '../wire/subject.ts';
import type { SubjectUnderCheck } from './subjects.ts';

/** What may end a check: each has an outcome of its own. Anything else is a mistake of the kit, or of a submission that leads the kit into one. */
const expected = [NotApplicable, NotMeasured, SubjectFailure, CheckFailure, BoxError];
const isExpected = (error: unknown) => expected.some((kind) => error instanceof kind);

/**
 * Finds out whose fault an unexpected error is that ended a check. The kit's own solution is put through the same check with the same inputs: only where
 * that does not get through for the same kind of reason is it a defect of the kit, so that no submission can have its points set aside by an answer that a check cannot read.
 */
export async function whoseFault(
  error: unknown,
  { openSolution, openReplayer }: SubjectUnderCheck,
  check: (solution: Subject, openReplayer: () => Replayer) => Promise<void>,
): Promise<unknown> {
  if (isExpected(error) || openSolution === undefined) return error;
  const solution = await openSolution();
  try {
    await check(solution.subject, () => openReplayer(solution.subject));
  } catch (again) {
    if (!isExpected(again) || again instanceof BoxError) return error;
  } finally {
    await solution.close();
  }
  return new SubjectFailure(
    'bad-answer',
    `the answer cannot be read: ${messageOf(error)}; the kit's own solution passes this check with the same inputs`,
    { cause: error },
  );
}
