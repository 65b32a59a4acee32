import { z } from 'zod';

import { readYaml } from '../course/yaml-file.ts';
import { UserError } from '../errors.ts';
import { overrideSchema, type Gradebook, type Override } from '../result/result.ts';
import type { Student } from './students.ts';

/** What the file is called that lies beside a gradebook. */
export const overridesName = 'overrides.yaml';

const fileSchema = z.array(z.strictObject(overrideSchema.omit({ computed: true }).shape)).max(10_000);

/** Points that a person has set, as the file says them. */
export type Decision = z.infer<typeof fileSchema>[number];

/** Reads the points that a person has set; none without a path. Throws `UserError` where the file is missing, or names nobody, somebody of two, or the same twice. */
export function readOverrides(path: string | undefined, students: readonly Student[]): Decision[] {
  if (path === undefined) return [];
  const decisions = readYaml(path, fileSchema);
  const known = new Set<string>();
  for (const { student, exercise } of decisions) {
    const meant = students.filter((one) => isMeant(one, student)).length;
    if (meant === 0) throw new UserError(`${path} names ${student}, who is not in this cohort; write the name or the id of a student`);
    if (meant > 1) throw new UserError(`${path} names ${student}, and ${meant} students are called that; write the id of one`);
    const pair = JSON.stringify([student, exercise]);
    if (known.has(pair)) throw new UserError(`${path} sets the points of ${student} in ${exercise} twice`);
    known.add(pair);
  }
  return decisions;
}

const isMeant = ({ name, id }: { readonly name: string; readonly id?: string | undefined }, who: string) => who === id || who === name;

/** A gradebook with the points that a person has set. The results stay as they were found; a row says what was set, and what was computed. */
export function applyOverrides(gradebook: Gradebook, decisions: readonly Decision[]): Gradebook {
  const notes: string[] = [];
  const students = gradebook.students.map((row) => {
    const own = decisions.filter(({ student }) => isMeant(row, student));
    const overrides = own.flatMap((decision) => override(row, decision, notes));
    if (overrides.length === 0 || row.outcome.status !== 'graded') return row;
    return { ...row, overrides, outcome: { ...row.outcome, points: tallyWith(row.outcome, overrides) } };
  });
  return { ...gradebook, students, notes: [...(gradebook.notes ?? []), ...notes] };
}

type Row = Gradebook['students'][number];

/** Nothing here is refused: the class has been graded, and what cannot be used is said on its page. */
function override({ name, outcome }: Row, { student, exercise: id, points, why }: Decision, notes: string[]): Override[] {
  const exercise = outcome.status === 'graded' ? outcome.result.exercises.find((one) => one.id === id) : undefined;
  const unusable =
    exercise === undefined
      ? `${name} has no ${id} in this grading`
      : points > exercise.points.possible
        ? `${name} is given ${points} for ${id}, which has ${exercise.points.possible}`
        : undefined;
  if (unusable !== undefined || exercise === undefined) {
    notes.push(`Points set by hand and not used: ${unusable}.`);
    return [];
  }
  const { earned, possible } = exercise.points;
  notes.push(`Points set by hand: ${name} has ${points} for ${id}, where ${earned} of ${possible} were computed: ${why}`);
  return [{ student, exercise: id, points, computed: earned, why }];
}

/** What a person decides is measured. */
function tallyWith({ points, result }: Extract<Row['outcome'], { status: 'graded' }>, overrides: readonly Override[]): typeof points {
  const tally = { ...points };
  for (const { exercise: id, points: set } of overrides) {
    const computed = result.exercises.find((one) => one.id === id)?.points;
    if (computed === undefined) continue;
    tally.earned += set - computed.earned;
    tally.measured += computed.possible - computed.measured;
  }
  return tally;
}
