import type { Tensor } from '@tensorflow/tfjs';

import type { Tensors } from '../device/device.ts';
import type { KernelTrace } from '../wire/subject.ts';
import type { Kernel } from './engine-hooks.ts';
import { noTrace, readScript, type Script, type Step, type Template } from './trace-script.ts';

/** What a replay has seen of the engine so far. */
export interface Tally {
  readonly kernels: Record<string, number>;
  /** Bytes of all tensors alive at the moment when most were. */
  peakBytes: number;
  /** Tensors that were made, not ended and not answered with. */
  left: number;
}

/** A trace as a pass, and how to let go of what it keeps on the device. */
export interface Replay {
  readonly run: (tensors: Record<string, unknown>, tally?: Tally) => unknown;
  dispose(): void;
}

interface State {
  readonly engine: { readonly runKernel: Kernel; readonly state: { readonly numTensors: number } };
  readonly known: Map<number, Tensor>;
  /** Numbers of the tensors that were there before the run: nobody may end an input, and a constant is needed for the next run. */
  readonly inputs: ReadonlySet<number>;
  readonly before: ReadonlySet<number>;
  readonly held: Held;
}

/**
 * Makes a pass of a trace: it runs the kernels that the answer depends on, on other inputs, and its tensors end where those of the trace did. Others can be
 * added where they make a count look good, or write where they should not: they are not counted, and the answer is given without them.
 * With a tally the whole trace is run as well, for what it holds and leaves. Throws `SubjectFailure` where it is no trace.
 */
export function openReplay(tf: Tensors, trace: KernelTrace): Replay {
  const script = readScript(trace);
  const engine = tf.engine() as unknown as State['engine'];
  const upload = (index: number) => {
    const { data, shape, dtype } = script.constants[index] ?? notMade();
    return tf.tensor(data, [...shape], dtype);
  };
  const kept = new Map(script.before.map(([constant, number]) => [number, tf.keep(upload(constant))]));
  const before = new Set(kept.keys());
  const needed = stepsNeeded(script, before);
  const runSteps = (steps: readonly Step[], tensors: Record<string, unknown>, tally?: Tally) =>
    tf.tidy(() => {
      const inputs = tensorsAt(tf, script.inputs, tensors);
      const state: State = { engine, known: new Map([...kept, ...inputs]), inputs: new Set(inputs.keys()), before, held: new Held() };
      for (const tensor of state.known.values()) state.held.add(tensor);
      const alive = engine.state.numTensors; // a constant that the pass let go lives on here: what it lets go of a hoard pays for nothing that it leaves
      for (const step of steps) take(step, state, upload);
      if (tally !== undefined) {
        tally.peakBytes = state.held.peakBytes;
        tally.left = Math.max(0, engine.state.numTensors - alive - answered(script, state));
      }
      return fill(script.answer, (number) => answerAt(state, number)) as never; // tidy keeps every tensor of a tree
    }) as unknown;
  const run = (tensors: Record<string, unknown>, tally?: Tally) => {
    const answer = runSteps(needed, tensors); // first: what else the trace does could leave numbers behind that this finds
    if (tally === undefined) return answer;
    for (const step of needed) if (step[0] === 'kernel') tally.kernels[step[1]] = (tally.kernels[step[1]] ?? 0) + 1;
    tf.dispose(runSteps(script.steps, tensors, tally) as never);
    return answer;
  };
  return { run, dispose: () => tf.dispose([...kept.values()]) };
}

function take(step: Step, state: State, upload: (index: number) => Tensor): void {
  const { engine } = state;
  if (step[0] === 'constant') enter(state, step[2], upload(step[1]));
  else if (step[0] === 'same') enter(state, step[2], engine.runKernel('Identity', { x: find(state, step[1]) }) as Tensor);
  else if (step[0] === 'end') end(state, step[1]);
  else {
    const [, kernel, inputs, attributes, outputs] = step;
    const given = Array.isArray(inputs)
      ? inputs.map((number: number) => find(state, number))
      : Object.fromEntries(Object.entries(inputs).map(([name, number]: [string, number]) => [name, find(state, number)]));
    const made = [engine.runKernel(kernel, given, { ...attributes })].flat();
    if (made.length !== outputs.length) throw noTrace(`${kernel} makes ${made.length} tensors and not ${outputs.length}`);
    for (const [index, tensor] of made.entries()) {
      if (tensor.shape.some((size) => !Number.isInteger(size) || size < 0)) throw noTrace(`${kernel} makes a tensor of no real shape`);
      enter(state, outputs[index] as number, tensor);
    }
  }
}

/** The steps that the answer depends on, in their order. */
function stepsNeeded({ steps, answer, inputs }: Script, before: ReadonlySet<number>): Step[] {
  const wanted = new Set<number>(before);
  for (const template of [answer, inputs]) fill(template, (number) => (wanted.add(number), number));
  const isNeeded = (step: Step): boolean => {
    if (step[0] === 'end') return true; // of what is not made it is left out below
    const made = step[0] === 'kernel' ? step[4] : [step[2]];
    if (!made.some((number) => wanted.has(number))) return false;
    if (step[0] === 'same') wanted.add(step[1]);
    if (step[0] === 'kernel') for (const input of Object.values(step[2])) wanted.add(input);
    return true;
  };
  const needed = steps.toReversed().filter(isNeeded).toReversed();
  return needed.filter((step) => step[0] !== 'end' || wanted.has(step[1]));
}

/** Bytes of tensors that are alive at once. Tensors of the same numbers, such as one and its reshape, share them. */
class Held {
  readonly #holders = new Map<object, number>();
  #bytes = 0;
  peakBytes = 0;

  add({ dataId, size, dtype }: Tensor): void {
    const holders = this.#holders.get(dataId) ?? 0;
    this.#holders.set(dataId, holders + 1);
    if (holders === 0) this.#bytes += size * bytesOf(dtype);
    this.peakBytes = Math.max(this.peakBytes, this.#bytes);
  }

  remove({ dataId, size, dtype }: Tensor): void {
    const holders = this.#holders.get(dataId) ?? 0;
    this.#holders.set(dataId, holders - 1);
    if (holders === 1) this.#bytes -= size * bytesOf(dtype);
  }
}

const widths: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };
const bytesOf = (dtype: string): number => widths[dtype] ?? notNumbers(dtype);

function notNumbers(dtype: string): never {
  throw noTrace(`it makes a tensor of ${dtype}`);
}

function enter({ known, held }: State, number: number, tensor: Tensor): void {
  if (known.has(number)) throw noTrace('it makes a tensor twice');
  known.set(number, tensor);
  held.add(tensor);
}

function end(state: State, number: number): void {
  const tensor = find(state, number);
  if (state.inputs.has(number)) throw noTrace('it ends an input, which belongs to the caller');
  state.known.delete(number);
  state.held.remove(tensor);
  if (!state.before.has(number)) tensor.dispose();
}

const find = ({ known }: State, number: number): Tensor => known.get(number) ?? notMade();

/** A constant outlives the run: the caller, who frees the answer, gets a copy. */
function answerAt(state: State, number: number): Tensor {
  const tensor = find(state, number);
  return state.before.has(number) ? (state.engine.runKernel('Identity', { x: tensor }) as Tensor) : tensor;
}

function notMade(): never {
  throw noTrace('it uses a tensor that it never made, or that has ended');
}

/** How many of the tensors of the answer were made by the run. */
function answered({ answer }: Script, state: State): number {
  const made = new Set<number>();
  fill(answer, (number) => {
    if (!state.inputs.has(number) && !state.before.has(number)) made.add(number);
    return number;
  });
  return made.size;
}

/** The tensors of an input by the numbers that a template gives them. */
function tensorsAt(tf: Tensors, template: Template, value: unknown, found = new Map<number, Tensor>()): Map<number, Tensor> {
  const [kind, what] = template;
  if (kind === 't') {
    if (!(value instanceof tf.Tensor)) throw noTrace('it was made with other inputs');
    found.set(what, value);
  } else if (kind === 'l')
    for (const [index, part] of what.entries()) tensorsAt(tf, part, (value as unknown[] | undefined)?.[index], found);
  else if (kind === 'o')
    for (const [name, part] of what) tensorsAt(tf, part, (value as Record<string, unknown> | undefined)?.[name], found);
  return found;
}

function fill(template: Template, tensor: (number: number) => unknown): unknown {
  const [kind, what] = template;
  if (kind === 't') return tensor(what);
  if (kind === 'n') return Number(what);
  if (kind === 'l') return what.map((part) => fill(part, tensor));
  return Object.fromEntries(what.map(([name, part]) => [name, fill(part, tensor)]));
}
