import type { Examination } from './examination.ts';
import { cut, raiseFrom } from './lists.ts';
import type { Named, Nested } from './nested.ts';
import type { Random } from './random.ts';

/**
 * The laws that come back from exercise to exercise, each as the body of a check: `check('causality', causal({ ... }))`. A test reads as the
 * list of laws that hold. `input` draws an input of the sizes that the law needs; every pass gets the same one.
 */
type Body = (examination: Examination) => Promise<void>;
type Answer = Record<string, Nested>;

interface Law {
  readonly passes: readonly string[];
  readonly input: (random: Random) => Named;
}

/** What the future holds changes nothing: `changed` inputs get 1,000 more from a step on, and what the pass answers before it stays the same to the last bit. */
export function causal({
  passes,
  input,
  of,
  changed,
  from,
  axis = 1,
}: Law & AlongTime & { changed: readonly string[]; from: readonly number[] }): Body {
  return async ({ run, expectClose, random }) => {
    const given = input(random);
    for (const pass of passes) {
      const before = await ask(run, pass, given);
      for (const t of from) {
        const after = await ask(
          run,
          pass,
          change(given, changed, (x) => raiseFrom(x, axis, t)),
        );
        const early = (answer: Answer) => cut(part(answer, of), axis, 0, t);
        expectClose(
          `where ${changed.join(' and ')} changed from step ${t} on, ${pass}'s earlier ${of}`,
          early(after),
          early(before),
          'exactly',
        );
      }
    }
  };
}

/** The first steps alone give the first answers: what comes later is not waited for. */
export function prefix({
  passes,
  input,
  of,
  cuts,
  at,
  axis = 1,
}: Law & AlongTime & { cuts: readonly string[]; at: readonly number[] }): Body {
  return async ({ run, expectClose, random }) => {
    const given = input(random);
    for (const pass of passes) {
      const whole = await ask(run, pass, given);
      for (const T of at) {
        const short = await ask(
          run,
          pass,
          change(given, cuts, (x) => cut(x, axis, 0, T)),
        );
        expectClose(`of the first ${T} steps alone, ${pass}'s ${of}`, part(short, of), cut(part(whole, of), axis, 0, T));
      }
    }
  };
}

/**
 * A sequence may be cut in two anywhere, where the second half begins with what the first ended with. `resume` makes the inputs of the second
 * half from the first's answer; `last` names outputs that do not run over time and must be those of the whole.
 */
export function anySplit({
  passes,
  input,
  of,
  cuts,
  at,
  resume,
  last = [],
  axis = 1,
}: Law & AlongTime & { cuts: readonly string[]; at: readonly number[]; resume: (first: never) => Named; last?: readonly string[] }): Body {
  return async ({ run, expectClose, random }) => {
    const given = input(random);
    for (const pass of passes) {
      const whole = await ask(run, pass, given);
      for (const k of at) {
        const first = await ask(
          run,
          pass,
          change(given, cuts, (x) => cut(x, axis, 0, k)),
        );
        const rest = change(given, cuts, (x) => cut(x, axis, k));
        const second = await ask(run, pass, { ...rest, ...resume(first as never) });
        expectClose(`after a split at ${k}, the second part of ${pass}'s ${of}`, part(second, of), cut(part(whole, of), axis, k));
        for (const name of last) expectClose(`after a split at ${k}, ${pass}'s ${name}`, part(second, name), part(whole, name));
      }
    }
  };
}

/** A sequence knows nothing of its neighbours in the batch: alone it gets the same answer. `batched` names the inputs with a batch axis. */
export function batchIndependent({ passes, input, of, batched }: Law & { of: string; batched: readonly string[] }): Body {
  return async ({ run, expectClose, random }) => {
    const given = input(random);
    for (const pass of passes) {
      const together = part(await ask(run, pass, given), of) as Nested[];
      for (const n of together.keys()) {
        const alone = await ask(
          run,
          pass,
          change(given, batched, (x) => cut(x, 0, n, n + 1)),
        );
        expectClose(`of sequence ${n} in the batch, ${pass}'s ${of}`, together[n] as Nested, (part(alone, of) as Nested[])[0] as Nested);
      }
    }
  };
}

/** The passes agree with the specification on inputs of all these sizes; each pass and each size gets an input of its own. */
export function agrees<Sizes>({
  passes,
  sizes,
  input,
}: {
  passes: readonly string[];
  sizes: readonly Sizes[];
  input: (random: Random, sizes: Sizes) => Named;
}): Body {
  return async ({ agree, random }) => {
    for (const pass of passes) for (const size of sizes) await agree(pass, input(random, size) as never);
  };
}

/** Gradients through the passes are those of the specification: of each named output, by all the named inputs. */
export function differentiable({ passes, input, of, by }: Law & { of: readonly string[]; by: readonly string[] }): Body {
  return async ({ agreeGradients, random }) => {
    for (const pass of passes) for (const output of of) await agreeGradients(pass, input(random) as never, output, by);
  };
}

/** No tensor is left behind. */
export function leavesNothing({ passes, input }: Law): Body {
  return async ({ expectNoLeaks, random }) => {
    for (const pass of passes) await expectNoLeaks(pass, () => input(random) as never);
  };
}

interface AlongTime {
  /** The output that runs over time. */
  readonly of: string;
  /** The axis of time, in the inputs named and in the output; 1 where none is named, after the batch. */
  readonly axis?: number;
}

/** A law asks passes of any exercise, so it knows their names and not their types. */
const ask = async (run: Examination['run'], pass: string, input: Named): Promise<Answer> => (await run(pass, input as never)) as Answer;

const part = (answer: Answer, name: string) => answer[name] as Nested;

function change(input: Named, names: readonly string[], how: (x: Nested) => Nested): Named {
  return { ...input, ...Object.fromEntries(names.map((name) => [name, how(input[name] as Nested)])) };
}
