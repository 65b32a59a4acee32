/** Why a check has no points although the learner's code ran, or did not come to run. */
export const causes = [
  'wrong-value', // ran, and a number is not what the specification says
  'wrong-shape', // ran, and the answer has another shape, type or names
  'not-finite', // ran, and the answer holds NaN or an infinity where a number belongs
  'broken-rule', // ran, and broke a stated rule: too many kernels, leaked tensors, changed inputs
  'too-slow', // ran, and is not as fast as the exercise asks
  'threw', // the learner's code threw
  'timeout', // did not return in time
  'memory', // took more memory than the box allows
  'processes', // started more processes than the box allows
  'output', // printed more than the box allows
  'exited', // ended its own process
  'bad-answer', // answered with something that is neither tensors nor numbers
  'missing-export', // the file does not export the pass
  'does-not-load', // the file does not compile or throws on import
  'unfinished', // the stub's own throw: not written yet
] as const;
export type Cause = (typeof causes)[number];

/** The causes that are a limit of the box. */
export const limitCauses = ['timeout', 'memory', 'processes', 'output'] as const satisfies readonly Cause[];
export type LimitCause = (typeof limitCauses)[number];
