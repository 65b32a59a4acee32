import type { UserError } from '../errors.ts';
import type { Result } from '../result/result.ts';
import type { Attack } from './attack.ts';
import type { BaitTrap } from './bait.ts';
import { compareEnds, endsOf, type Ended } from './ends.ts';
import { mostDiskBytes, mostMemoryBytes, type Growth } from './growth.ts';
import { findActive } from './inert.ts';
import type { Trial } from './trial.ts';

/* What is not as it must be of an attacker's result. */

/** All of it, one sentence each; none where the result is as the attack must show. */
export async function judgeResult(attack: Attack, result: Result, honest: Result, trap: BaitTrap): Promise<string[]> {
  const text = JSON.stringify(result);
  const unsaid = attack.says !== undefined && !text.includes(JSON.stringify(attack.says).slice(1, -1));
  return [
    ...judgeExercises(attack, result, honest),
    ...judgeSize(text, result),
    ...(unsaid ? [`nothing says ${attack.says}`] : []),
    ...result.notes.filter((note) => note.startsWith('the grader: ')),
    ...findLearned(text, trap),
    ...(await findActive(result)),
  ];
}

/** The attacked exercise against what the attack must show, and those after it against honest work. */
function judgeExercises(attack: Attack, { exercises }: Result, honest: Result): string[] {
  return exercises.flatMap((exercise, index) => {
    const honestExercise = honest.exercises[index];
    const honestEnds: Record<string, Ended> = { ...(honestExercise === undefined ? {} : endsOf(honestExercise)), race: 'pass' }; // noise must not decide what is expected
    const ends = endsOf(exercise);
    if (index === 0) return compareEnds(attack, ends, honestEnds);
    const spoiled = Object.entries(ends).filter(([id, end]) => end !== honestEnds[id]);
    return spoiled.map(([id, end]) => `the honest exercise ${exercise.id} of the same student, ${id}: ${end} instead of ${honestEnds[id]}`);
  });
}

const mostResultBytes = 2 ** 20; // an exercise: its evidence takes some kB, what it printed at most a hundred as the file spells it

/** The result as its file has it: a text without end there is read by everything that comes after. */
function judgeSize(text: string, { exercises }: Result): string[] {
  const bytes = Buffer.byteLength(text);
  return bytes > mostResultBytes * exercises.length ? [`the result takes ${(bytes / 2 ** 20).toFixed(1)} MiB`] : [];
}

/** Where a whole submission is refused in one sentence. */
export function judgeRefusal(attack: Attack, { message }: UserError): Trial {
  const expected = (attack.expect['all'] ?? []).includes('refused') && (attack.says === undefined || message.includes(attack.says));
  return { ended: 'refused', problems: expected ? [] : [`the judge refused: ${message.slice(0, 200)}`] };
}

/** What a text shows that its writer could only have by doing what it must not, and the mark of those that say so themselves. */
function findLearned(text: string, trap: BaitTrap): string[] {
  const own = /GOT:[^"]{0,80}/.exec(text)?.[0];
  return [...trap.findIn(text).map((what) => `the attacker learned ${what}`), ...(own === undefined ? [] : [`the attacker says ${own}`])];
}

export function judgeGrowth({ memoryBytes, diskBytes }: Growth): string[] {
  const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  return [
    ...(memoryBytes > mostMemoryBytes ? [`the judge's memory grew by ${mebibytes(memoryBytes)}`] : []),
    ...(diskBytes > mostDiskBytes ? [`the judge's disk grew by ${mebibytes(diskBytes)}`] : []),
  ];
}
