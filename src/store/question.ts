import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import canonicalize from 'canonicalize';

import type { ModuleText } from '../compile/learner.ts';
import type { Exercise } from '../course/exercise.ts';
import { kitRoot } from '../course/places.ts';
import { selectChecks } from '../course/select.ts';
import { versionOf } from '../course/version.ts';
import type { Level } from '../box/levels.ts';
import type { DeviceReport } from '../result/device.ts';
import type { RunPlan } from '../run/plan.ts';
import { seedOf } from '../run/seed.ts';

/** What is asked of one exercise's files in one go. Its key is a hash of all that could change the answer, so equal questions have one verdict. */
export interface Question {
  readonly key: string;
  readonly of: Readonly<Record<string, unknown>>;
  /** With the checks of the question alone. */
  readonly exercise: Exercise;
  /** True where it needs the machine for itself. */
  readonly alone: boolean;
}

/** Where questions are answered, as far as it could change an answer. */
export interface Place {
  readonly level: Level;
  /** What times a race there; of no account elsewhere. */
  readonly machine: string;
}

/** What all questions of a grading have in common: who is unlike in it answers other questions. */
export interface Circumstances {
  readonly kit: string;
  readonly node: string;
  readonly device: readonly [name: string, kind: string, version: string | null];
  readonly level: Level;
}

export function circumstancesOf({ name, kind, version }: DeviceReport, level: Level): Circumstances {
  return { kit: kitHash(), node: process.version, device: [name, kind, version], level };
}

/** The check that times passes. */
export const raceCheck = 'race';

/** The questions about one exercise: its checks, and its race apart, which belongs to one machine. */
export function questionsAbout(exercise: Exercise, files: ModuleText, plan: RunPlan, place: Place): Question[] {
  const ids = Object.keys(exercise.checks);
  const [race, others] = [ids.filter((id) => id === raceCheck), ids.filter((id) => id !== raceCheck)];
  return [...(others.length === 0 ? [] : [ask(others, false)]), ...(race.length === 0 || !plan.races ? [] : [ask(race, true)])];

  function ask(checks: string[], alone: boolean): Question {
    const { device, seed, strangers, reduced, racing, limits } = plan;
    const of = {
      exercise: exercise.id,
      checks,
      files: sha256(canonicalize([files.entry, files.files]) ?? ''),
      version: versionOf(exercise),
      ...circumstancesOf(device, place.level),
      seed: sha256(seedOf(seed, exercise.id)), // a seed from a secret is never told
      settings: { strangers, reduced, limits, ...(alone ? { racing } : {}) },
      ...(alone ? { machine: place.machine } : {}),
    };
    return { key: sha256(canonicalize(of) ?? ''), of, exercise: selectChecks(exercise, checks), alone };
  }
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

/** What is of one kind times races alike. */
export const machineName = () => {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}`;
};

let known: string | undefined;

/** SHA-256 of the kit's own code and of the versions of its packages. Worked out once in a process. */
function kitHash(): string {
  known ??= sha256(JSON.stringify(kitFiles().map((path) => [path, sha256(readFileSync(join(kitRoot, path)))])));
  return known;
}

function kitFiles(): string[] {
  const names = readdirSync(join(kitRoot, 'src'), { recursive: true, encoding: 'utf8' });
  const own = names
    .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => `src/${name.replaceAll('\\', '/')}`);
  return [...own.toSorted(), 'package.json'];
}
