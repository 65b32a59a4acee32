import type { Tensor } from '@tensorflow/tfjs';

import type { OpenDevice, Tensors } from '../device/device.ts';
import { readAnswer } from './read-answer.ts';
import { countReads } from './count-host-reads.ts';
import { installHooks, type Hooks } from './engine-hooks.ts';
import { traceKernels } from './kernel-trace.ts';
import { openReplay } from './replay.ts';
import {
  SubjectFailure,
  type GradientQuestion,
  type KernelProfile,
  type KernelTrace,
  type PassInput,
  type Replayed,
} from '../wire/subject.ts';
import { attempt, attemptAsync } from './failures.ts';
import { findGradients, type Pass } from './gradients.ts';
import { disposeAnswer, toTensors } from './tensors.ts';
import type { HostTensor, Tree } from '../wire/tensor.ts';

const nothing = Promise.resolve(); // made before any learner's code runs

/**
 * Runs the learner's passes on a device. In learning it stands in the same process as the tests; in grading it stands alone in the box,
 * and what it says is believed only where the grader can check it.
 */
export class Driver {
  readonly #device: OpenDevice;
  readonly #tf: Tensors;
  readonly #hooks: Hooks;
  readonly #modules = new Map<string, Record<string, unknown>>();
  #staged: Record<string, unknown> = {};

  /** To be made before any learner's code is loaded. `shared`: see `installHooks`. */
  constructor(device: OpenDevice, shared = false) {
    this.#device = device;
    this.#tf = device.tf;
    this.#hooks = installHooks(device.tf, shared);
  }

  get report() {
    return this.#device.report;
  }

  /** Makes the exports of a learner's module known under a key. */
  enter(key: string, exports: Record<string, unknown>): void {
    this.#modules.set(key, exports);
  }

  async call(key: string, pass: string, input: PassInput): Promise<Tree> {
    const run = this.#passFromNowhere(key, pass);
    return this.#withTensors(input, (tensors) => this.#answer(pass, run, tensors));
  }

  async gradients(key: string, pass: string, input: PassInput, question: GradientQuestion): Promise<Record<string, HostTensor>> {
    const run = this.#pass(key, pass);
    return this.#withTensors({ ...input, __cotangent: question.cotangent }, ({ __cotangent, ...tensors }) =>
      findGradients(this.#tf, pass, run, tensors, __cotangent as Tensor, question),
    );
  }

  async profile(key: string, pass: string, input: PassInput): Promise<KernelProfile> {
    const run = this.#pass(key, pass);
    const tf = this.#tf;
    return this.#withTensors(input, async (tensors) => {
      const bytesBefore = tf.memory().numBytes;
      const reads = countReads(tf);
      let answer: unknown;
      try {
        const info = await tf.profile(() => (answer = attempt(pass, tensors, () => run(tensors))) as never); // the answer itself is not looked at
        const kernels: Record<string, number> = {};
        for (const { name } of info.kernels) kernels[name] = (kernels[name] ?? 0) + 1;
        return { kernels, kernelCount: info.kernels.length, peakBytes: Math.max(info.peakBytes, bytesBefore), hostReads: reads.count() };
      } finally {
        reads.stop();
        tf.engine().state.profiling = false; // TensorFlow.js leaves it on when the pass throws
        disposeAnswer(tf, answer, tensors);
      }
    });
  }

  async leaks(key: string, pass: string, input: PassInput, calls: number): Promise<number> {
    const run = this.#passFromNowhere(key, pass);
    return this.#withTensors(input, async (tensors) => {
      await this.#answer(pass, run, tensors); // the first call may fill a cache of its own once: what counts is what grows
      const before = this.#tf.memory().numTensors;
      for (let call = 0; call < calls; call++) await this.#answer(pass, run, tensors);
      return Math.max(0, this.#tf.memory().numTensors - before); // fewer where it freed something of its own
    });
  }

  /** The kernels of one run and the ends of its tensors, to be replayed without the learner's code. */
  async traceKernels(key: string, pass: string, input: PassInput): Promise<KernelTrace> {
    const run = this.#passFromNowhere(key, pass);
    return this.#withTensors(input, async (tensors) => {
      const { trace, answer } = await attemptAsync(pass, tensors, () => traceKernels(this.#tf, this.#hooks, run, tensors));
      disposeAnswer(this.#tf, answer, tensors);
      return trace;
    });
  }

  /** Makes a kernel trace known as one pass more of a module. */
  install(key: string, pass: string, trace: KernelTrace): void {
    this.enter(key, { ...this.#modules.get(key), [pass]: openReplay(this.#tf, trace).run });
  }

  /** Runs a kernel trace on an input, and says what the engine saw. */
  async replay(trace: KernelTrace, input: PassInput): Promise<Replayed> {
    const replay = openReplay(this.#tf, trace);
    try {
      const tally = { kernels: {}, peakBytes: 0, left: 0 };
      const answer = await this.#withTensors(input, (tensors) => this.#answer('the trace', (given) => replay.run(given, tally), tensors));
      const kernelCount = Object.values<number>(tally.kernels).reduce((sum, count) => sum + count, 0);
      return { ...tally, answer, kernelCount };
    } finally {
      replay.dispose();
    }
  }

  async stage(input: PassInput): Promise<void> {
    const tf = this.#tf;
    tf.dispose(this.#staged as never);
    this.#staged = toTensors(tf, input) as Record<string, unknown>; // outside any scope: it outlives this call
    for (const value of Object.values(this.#staged)) {
      if (!(value instanceof tf.Tensor)) continue;
      const copy = tf.add(value, 0); // upload happens at first use: use it now, and wait
      await copy.data();
      copy.dispose();
    }
  }

  async runStaged(key: string, pass: string): Promise<Tree> {
    return this.#answer(pass, this.#passFromNowhere(key, pass), this.#staged);
  }

  #pass(key: string, name: string): Pass {
    const exports = this.#modules.get(key) ?? {};
    const exported = Object.hasOwn(exports, name) ? exports[name] : undefined;
    if (typeof exported !== 'function')
      throw new SubjectFailure(
        'missing-export',
        `the file does not export a function named ${name}: write \`export function ${name}(...)\``,
      );
    return exported as Pass;
  }

  /** The same, called from nowhere: behind the await a stack does not name who called, so that a pass cannot tell a trace from any other call. */
  #passFromNowhere(key: string, name: string): Pass {
    const pass = this.#pass(key, name);
    return async (tensors) => {
      await nothing;
      return pass(tensors);
    };
  }

  /** Runs a pass and reads its answer; the answer's tensors are freed, also those that were kept. */
  async #answer(pass: string, run: Pass, tensors: Record<string, unknown>): Promise<Tree> {
    const answer = await attemptAsync(pass, tensors, async () => run(tensors));
    try {
      return await readAnswer(this.#tf, answer);
    } finally {
      disposeAnswer(this.#tf, answer, tensors);
    }
  }

  /** Makes tensors of an input for one use; whatever the use leaves behind is freed with them, so that one check cannot starve the next. */
  async #withTensors<T>(input: PassInput, use: (tensors: Record<string, unknown>) => Promise<T>): Promise<T> {
    const engine = this.#tf.engine();
    engine.startScope('use');
    try {
      const tensors = toTensors(this.#tf, input) as Record<string, unknown>;
      const result = await use(tensors);
      const gone = Object.entries(tensors).find(([, value]) => value instanceof this.#tf.Tensor && value.isDisposed);
      if (gone !== undefined)
        throw new SubjectFailure('broken-rule', `the pass disposed of its input ${gone[0]}: inputs belong to the caller`);
      return result;
    } finally {
      engine.endScope();
    }
  }
}
