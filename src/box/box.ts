import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';

import type { Cause } from '../result/causes.ts';
import { pinTree } from './cpu-pinning.ts';
import { launchBox, type BoxConfig, type Launched } from './launch.ts';
import type { Limits } from './limits.ts';
import { continueTree, countThreads, processTree, residentBytes, signal, stopTree } from './processes.ts';
import { isNamed, readReply } from '../wire/reply.ts';
import type { Request } from '../wire/request.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { answerLimits, decodeFrame, encodeFrame, FrameReader, WireError, type Message } from '../wire/frame.ts';

const fileTooLarge = 25; // the number of SIGXFSZ, which bubblewrap passes on as an exit code
const watchMs = 50; // a loop that touches memory fills about 0.1 GiB in it

/** The box could not be started: the grader's trouble, never the learner's. */
export class BoxError extends Error {
  override readonly name = 'BoxError';
}

/** A process of its own for the learner's code. It takes one request at a time and dies at its first breach of a limit. */
export class Box {
  readonly #launched: Launched;
  readonly #limits: Limits;
  readonly #channel: Duplex;
  readonly #reader: FrameReader;
  readonly #watch: NodeJS.Timeout;
  #pending: { id: number; resolve(message: Message): void; reject(error: Error): void } | undefined;
  #lastId = 0;
  /** What is asked for just now, in words for the learner. */
  #askedFor = 'the box';
  #ended: SubjectFailure | undefined;
  #seen: number[] = [];

  private constructor(launched: Launched, limits: Limits, answers = answerLimits) {
    this.#reader = new FrameReader(answers);
    this.#launched = launched;
    this.#limits = limits;
    const { child } = launched;
    this.#channel = child.stdio[3] as Duplex;
    this.#channel.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#channel.on('error', () => undefined); // a closed channel shows as the exit below
    child.once('error', (error) => this.#end(new SubjectFailure('exited', `the box could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (this.isAlive) this.#end(this.#whyExited(code, signal)); // once it has ended, what tells why is cleared away
    });
    this.#watch = setInterval(() => this.#look(), watchMs);
    this.#watch.unref();
    launched.printed.onGrowth = () => this.#lookAtPrinted();
    unref(child);
  }

  /** Starts a box and waits until its device is open. Throws `BoxError` where that fails. */
  static async start(config: BoxConfig): Promise<{ box: Box; report: Message }> {
    const { device, limits } = config;
    const box = new Box(launchBox(config), limits, config.answers);
    try {
      const report = readReply(await box.#answerTo(0, limits.startMs));
      if (box.#launched.walled) box.#launched.clear(); // what it needs of its folder it holds open
      return { box, report };
    } catch (cause) {
      await box.takePrinted(); // what it said may still be in the pipe
      const said = box.#launched.printed.lastWords().trim().split('\n').at(-1)?.trim();
      await box.close();
      throw new BoxError(
        `the box could not ${device === undefined ? 'start' : `open the device ${device}`}: ${said || (cause as Error).message}`,
        {
          cause,
        },
      );
    }
  }

  /** What the box has printed since the last asking, cut to its first kibibytes. */
  takePrinted(): Promise<string> {
    return this.#launched.printed.take();
  }

  /** Stops all its processes, so that nothing it left running takes the machine from others. Linux only: elsewhere its children are not known. */
  pause(): void {
    const { pid } = this.#launched.child;
    if (pid === undefined || !this.isAlive || stopTree(pid)) return;
    this.#breach('broken-rule', `what ${this.#askedFor} left running does not stand still while others are timed`);
  }

  resume(): void {
    const { pid } = this.#launched.child;
    if (pid !== undefined) continueTree(pid);
  }

  /** Puts its processes on the processor whose turn it is. */
  pinToProcessor(turn: number): void {
    if (this.isAlive) pinTree(this.#launched.child.pid ?? 0, turn);
  }

  /** Resident memory of all its processes, bytes; 0 where the system does not tell. */
  residentBytes(): number {
    return process.platform === 'linux' ? residentBytes(processTree(this.#launched.child.pid ?? 0)) : 0;
  }

  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  /** Puts one request, once the one before is answered. Throws `SubjectFailure` with the breach as its cause where the box does not answer in time or dies. */
  async ask(request: Request, limitMs = this.#limits.requestMs): Promise<Message> {
    if (this.#ended !== undefined) throw this.#ended;
    if (this.#pending !== undefined) throw new Error('a box answers one request at a time: await the one before');
    const id = ++this.#lastId;
    this.#askedFor = 'pass' in request ? request.pass : 'the file';
    const answer = this.#answerTo(id, limitMs);
    for (const chunk of encodeFrame({ id, ...request } as unknown as Message)) this.#channel.write(chunk);
    return readReply(await answer);
  }

  /** Ends the box and everything in it; settles once nothing of it is left. */
  async close(): Promise<void> {
    this.#end(new SubjectFailure('exited', 'the box was closed'));
    const { child } = this.#launched;
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.ref();
      await once(child, 'exit');
    }
    await this.#launched.cgroup?.remove();
    this.#launched.clear();
  }

  #answerTo(id: number, limitMs: number): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          this.#breach(
            'timeout',
            `${this.#askedFor} did not return within ${limitMs / 1000} s; does a loop or an awaited promise never end?`,
          ),
        limitMs,
      );
      const stopTimer = () => clearTimeout(timer);
      this.#pending = {
        id,
        resolve: (message) => (stopTimer(), resolve(message)),
        reject: (error) => (stopTimer(), reject(error)),
      };
    });
  }

  #receive(chunk: Buffer): void {
    try {
      for (const body of this.#reader.push(chunk)) {
        if (!this.isAlive) return;
        const message = decodeFrame(body);
        const pending = this.#pending;
        if (pending === undefined || !isNamed(message) || message['id'] !== pending.id)
          throw new WireError('an answer that was not asked for');
        this.#pending = undefined;
        pending.resolve(message);
      }
    } catch (error) {
      this.#breach('bad-answer', `the process of ${this.#askedFor} sent something that is no answer (${(error as Error).message})`);
    }
  }

  #look(): void {
    if (process.platform !== 'linux' || !this.isAlive) return;
    this.#seen = processTree(this.#launched.child.pid ?? 0);
    if (this.#seen.length > this.#limits.processes)
      this.#breach('processes', `${this.#askedFor} started more than ${this.#limits.processes} processes`);
    if (countThreads(this.#seen) > this.#limits.threads)
      this.#breach('processes', `${this.#askedFor} started more than ${this.#limits.threads} threads`);
    if (residentBytes(this.#seen) > this.#limits.memoryBytes) this.#breach('memory', this.#memoryWords());
  }

  #lookAtPrinted(): void {
    if (this.#launched.printed.bytes > this.#limits.outputBytes)
      this.#breach('output', `${this.#askedFor} printed more than ${this.#limits.outputBytes / 2 ** 20} MiB`);
  }

  #memoryWords(): string {
    return `${this.#askedFor} took more than ${this.#limits.memoryBytes / 2 ** 30} GiB of memory`;
  }

  #whyExited(code: number | null, signal: NodeJS.Signals | null): SubjectFailure {
    if (signal === 'SIGXFSZ' || code === 128 + fileTooLarge)
      return new SubjectFailure('output', `${this.#askedFor} wrote a file of more than ${this.#limits.fileBytes / 2 ** 20} MiB`);
    const outOfMemory =
      this.#launched.cgroup?.ranOutOfMemory() === true ||
      /heap out of memory|std::bad_alloc|Cannot allocate memory/.test(this.#launched.printed.lastWords());
    if (outOfMemory) return new SubjectFailure('memory', this.#memoryWords());
    return new SubjectFailure(
      'exited',
      `the process of ${this.#askedFor} ended before it answered (${signal ?? `exit code ${code}`}); a pass returns its answer and never ends the process`,
    );
  }

  #breach(cause: Cause, message: string): void {
    this.#end(new SubjectFailure(cause, message));
  }

  /** The one way out: remembers why, rejects the pending request, and kills what is left. */
  #end(why: SubjectFailure): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    clearInterval(this.#watch);
    const { pid } = this.#launched.child;
    if (pid !== undefined) for (const target of new Set([-pid, ...this.#seen, ...processTree(pid)])) signal(target, 'SIGKILL'); // the group, and what left it
    this.#channel.destroy(); // nothing more of it is read
    this.#launched.printed.end();
    this.#pending?.reject(why);
    this.#pending = undefined;
  }
}

/** A box never keeps the grader's process alive. */
function unref(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) (stream as unknown as { unref?(): void } | null)?.unref?.();
}
