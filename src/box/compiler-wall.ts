import { z } from 'zod';

import type { LearnerModule, ModuleText } from '../compile/learner.ts';
import { compileProgram } from '../compile/program.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { Box } from './box.ts';
import type { Level } from './levels.ts';
import { usualLimits, type Limits } from './limits.ts';

/** Of the compiler: a course's file is compiled in milliseconds and takes 80 MiB, Node and esbuild included. */
export const compilerLimits: Limits = {
  ...usualLimits,
  requestMs: 10_000, // a busy machine
  memoryBytes: 512 * 2 ** 20, // the compiler itself has no limit, and braces of some kilobytes take gigabytes
};

const answers = { frameBytes: 2 * 2 ** 20, headerBytes: 2 ** 16 }; // eight times the largest file; the code of a whole course is held at once

const answerSchema = z.union([
  z.strictObject({ key: z.string(), code: z.string() }),
  z.strictObject({ key: z.string(), broken: z.string() }),
]);

/** Compiles strangers' text in a box of its own. A text that ends the compiler does not load, and the next one gets a new compiler. */
export class CompilerWall {
  readonly #level: Level;
  #box: Box | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(level: Level) {
    this.#level = level;
  }

  /** One exercise's module; one after the other, whatever the caller does. */
  compile(module: ModuleText): Promise<LearnerModule> {
    const next = this.#last.then(() => this.#compile(module));
    this.#last = next.catch(() => undefined); // its own caller hears of it
    return next;
  }

  async close(): Promise<void> {
    await this.#box?.close();
    this.#box = undefined;
  }

  async #compile({ key, entry, files }: ModuleText): Promise<LearnerModule> {
    const box = await this.#open();
    try {
      const answer = answerSchema.safeParse(await box.ask({ verb: 'compile', module: key, entry, files }));
      return answer.success
        ? { ...answer.data, key }
        : { key, broken: 'the file does not compile: the compiler answered with something else' };
    } catch (error) {
      if (!(error instanceof SubjectFailure)) throw error;
      return { key, broken: `the file does not compile: ${whatItDid[error.failureCause] ?? error.message}` };
    }
  }

  async #open(): Promise<Box> {
    if (this.#box?.isAlive === true) return this.#box;
    await this.#box?.close();
    const { box } = await Box.start({
      device: undefined,
      level: this.#level,
      limits: compilerLimits,
      answers,
      program: await compileProgram('compiler'),
    });
    this.#box = box;
    return box;
  }
}

/** What a text that ends the compiler did, in words for its author. */
const whatItDid: Readonly<Record<string, string>> = {
  timeout: `the compiler was not done after ${compilerLimits.requestMs / 1000} s`,
  memory: `the compiler took more than ${compilerLimits.memoryBytes / 2 ** 20} MiB of memory for it`,
  exited: 'the compiler ended over it; is something nested thousands deep?',
  'bad-answer': 'what the compiler makes of it is too large',
};
