import { setTimeout as delay } from 'node:timers/promises';

import type { Level } from '../box/levels.ts';
import { isLab } from '../course/exercise.ts';
import type { Executor, Work } from '../grade/executor.ts';
import { JudgesGone } from '../judge/pool.ts';
import type { DeviceReport } from '../result/device.ts';
import type { RunPlan, Watch } from '../run/plan.ts';
import type { CheckRun } from '../run/run-checks.ts';
import type { Seed } from '../run/seed.ts';
import type { Envelope } from '../seal/envelope.ts';
import { machineName, type Question } from '../store/question.ts';
import { Packets, type Answer, type Presence } from './packets.ts';
import { Presences } from './presences.ts';
import { className, describePresence, queueName, unlike } from './route.ts';
import { endSoon, openServer, whyNot, type Server } from './server.ts';
import { BullWorkQueue, type Offer } from './work-queue.ts';

export interface QueueOptions {
  readonly url: string;
  readonly device: DeviceReport;
  readonly level: Level;
  /** What goes by the server is closed with it, where there is one. */
  readonly envelope: Envelope | undefined;
  /** Told what a person should know, a sentence at a time. */
  readonly tell: (text: string) => void;
}

const lookMs = 3000; // between two looks at who is there, while nothing moves: a worker that is there has said so
const sayAgainMs = 60_000; // between two sentences for a person
const slowMs = 300_000; // without an answer although workers are there: no exercise takes so long

/** Workers on other machines, behind a queue. */
export class QueueExecutor implements Executor {
  readonly #server: Server;
  readonly #queue: BullWorkQueue;
  readonly #presence: Presence;
  readonly #presences: Presences;
  readonly #tell: (text: string) => void;
  readonly #ended = new AbortController();
  #machine: Promise<string> | undefined;
  /** Of the races, once it is chosen. */
  #raced: string | undefined;
  #saidAt = -Infinity;

  static async open({ url, device, level, envelope, tell }: QueueOptions): Promise<QueueExecutor> {
    const server = await openServer(url, tell);
    const executor = new QueueExecutor(server, describePresence(device, level, envelope), envelope, tell);
    await executor.#presences.announce(executor.#presence);
    void executor.#attend();
    return executor;
  }

  private constructor(server: Server, presence: Presence, envelope: Envelope | undefined, tell: (text: string) => void) {
    this.#server = server;
    this.#presence = presence;
    this.#presences = new Presences(server.shelf, 'grader');
    this.#tell = tell;
    this.#queue = new BullWorkQueue(server, new Packets(server.shelf, envelope), (kind) =>
      queueName({ ...presence, machine: this.#raced ?? presence.machine }, kind),
    );
  }

  /** The kind of machine that most workers have: the races of a class belong together. Waits until one is there. */
  async machine({ races }: RunPlan): Promise<string> {
    if (!races) return machineName();
    this.#machine ??= this.#chooseMachine();
    return this.#machine;
  }

  async #chooseMachine(): Promise<string> {
    for (;;) {
      if (this.#ended.signal.aborted) throw new JudgesGone('the grading was interrupted');
      const { alike } = await this.#whoIsThere();
      const machines = alike.map(({ machine }) => machine).toSorted();
      const count = (machine: string) => machines.filter((other) => other === machine).length;
      const [most] = machines.toSorted((a, b) => count(b) - count(a));
      if (most !== undefined) {
        this.#raced = most;
        return most;
      }
      await this.#remind();
      await delay(lookMs);
    }
  }

  share(questions: readonly Question[]): Question[][] {
    return questions.map((question) => [question]);
  }

  async answer({ questions, plan, modules, again }: Work, watch: Watch): Promise<CheckRun> {
    const answers = await Promise.all(questions.map((question) => this.#ask(question, plan.seed, modules, again)));
    for (const record of answers.flatMap(({ records }) => records)) watch.onRecord?.(record);
    return { records: answers.flatMap(({ records }) => records), errors: answers.flatMap(({ errors }) => errors) };
  }

  async #ask({ key, exercise, alone }: Question, seed: Seed, modules: Work['modules'], again: boolean): Promise<Answer> {
    const { id } = exercise;
    const files = modules[id];
    if (files === undefined) throw new Error(`a question about ${id}, of which nothing was handed in`);
    const packet = { schema: 'unroll/question/v1', exercise: id, alone, files, seed: narrow(seed, id) } as const;
    const offer: Offer = { key, packet: { ...packet, files: { ...files, files: { ...files.files } } }, again, long: isLab(exercise) };
    await this.#queue.offer(offer);
    const answer = await this.#queue.watch(offer);
    const asked = (record: Answer['records'][number]) =>
      record.exercise === id && record.variant === 'submission' && Object.hasOwn(exercise.checks, record.check);
    return answer.records.every(asked) ? answer : { ...answer, records: [], errors: ['a worker answered what was not asked'] };
  }

  /** Tells a person where nothing moves, and why. */
  async #attend(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await delay(lookMs, undefined, { ref: false });
      if (this.#queue.waiting === 0 || this.#queue.stillMs < lookMs) continue;
      await this.#remind().catch((error: unknown) => {
        if (!signal.aborted) this.#tell(`who answers cannot be told: ${whyNot(error)}`);
      });
    }
  }

  async #remind(): Promise<void> {
    if (performance.now() - this.#saidAt < sayAgainMs) return;
    const { alike, others } = await this.#whoIsThere();
    if (alike.length > 0 && this.#queue.stillMs < slowMs) return;
    this.#saidAt = performance.now();
    if (alike.length > 0)
      return this.#tell(`${countWorkers(alike.length)} there, and nothing has ended for ${Math.round(this.#queue.stillMs / 60_000)} min`);
    const [device] = this.#presence.device;
    const start = `start \`npx unroll worker --queue ${this.#server.address} --device ${device}\` on a machine with this kit`;
    const why = others.map(
      (other) =>
        `the one on ${other.host} has ${unlike(this.#presence, other) ?? `the machine ${other.machine}, and races are on ${this.#raced}`}`,
    );
    this.#tell([`no worker answers for ${className(this.#presence)}: ${start}`, ...new Set(why)].join('; '));
  }

  async #whoIsThere(): Promise<{ alike: Presence[]; others: Presence[] }> {
    const workers = await this.#presences.list('worker');
    const isAlike = (other: Presence) =>
      unlike(this.#presence, other) === undefined && (this.#raced === undefined || other.machine === this.#raced);
    return { alike: workers.filter(isAlike), others: workers.filter((other) => !isAlike(other)) };
  }

  async close(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    await endSoon(async () => {
      await this.#queue.close();
      await this.#presences.leave();
    });
    await this.#server.close();
  }
}

const countWorkers = (count: number) => (count === 1 ? 'one worker is' : `${count} workers are`);

/** No more of what decides the inputs than this exercise needs. */
function narrow(seed: Seed, id: string): Seed {
  return typeof seed === 'string'
    ? seed
    : { epoch: seed.epoch, seeds: Object.fromEntries(Object.entries(seed.seeds).filter(([of]) => of === id)) };
}
