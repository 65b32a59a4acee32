import type { Writable } from 'node:stream';

import { readCourse } from '../course/course.ts';
import { messageOf } from '../errors.ts';
import { LocalExecutor } from '../grade/executor.ts';
import { makePlan } from '../run/plan.ts';
import type { DeviceReport } from '../result/device.ts';
import { questionsAbout, type Place } from '../store/question.ts';
import type { QueueOptions } from './queue-executor.ts';
import { Floor } from './floor.ts';
import { Packets, type Presence, type QuestionPacket } from './packets.ts';
import { Presences } from './presences.ts';
import { className, describePresence, queueName, unlike } from './route.ts';
import { endSoon, openServer, type Server } from './server.ts';
import { BullWorkQueue } from './work-queue.ts';

export interface WorkerOptions extends QueueOptions {
  /** Questions that are answered at once; a race has the machine alone. */
  readonly atOnce: number;
  /** Where vitest writes what it has to say by itself. */
  readonly output: Writable;
  /** Called with the exercise of each question that was answered. */
  readonly onAnswer: (exercise: string) => void;
}

const lookMs = 10_000; // between two looks at who asks

/** Answers questions from a queue. This process only supervises: its judges, and the boxes below them, do the work. */
export class QueueWorker {
  readonly #server: Server;
  readonly #presence: Presence;
  readonly #presences: Presences;
  readonly #queue: BullWorkQueue;
  readonly #executor: LocalExecutor;
  readonly #floor = new Floor();
  readonly #device: DeviceReport;
  readonly #place: Place;
  readonly #options: WorkerOptions;
  #looking: NodeJS.Timeout | undefined;
  #said = '';

  static async start(options: WorkerOptions): Promise<QueueWorker> {
    const worker = new QueueWorker(await openServer(options.url, options.tell), options);
    await worker.#presences.announce(worker.#presence);
    worker.#queue.take('checks', options.atOnce, (key, packet) => worker.#floor.share(() => worker.#answer(key, packet)));
    worker.#queue.take('races', 1, (key, packet) => worker.#floor.alone(() => worker.#answer(key, packet)));
    const look = () => void worker.#lookForOthers().catch((error: unknown) => options.tell(messageOf(error)));
    worker.#looking = setInterval(look, lookMs);
    look();
    return worker;
  }

  private constructor(server: Server, options: WorkerOptions) {
    const { device, level, envelope, atOnce, output } = options;
    this.#server = server;
    this.#options = options;
    this.#device = device;
    this.#presence = describePresence(device, level, envelope);
    this.#place = { level, machine: this.#presence.machine };
    this.#presences = new Presences(server.shelf, 'worker');
    this.#executor = new LocalExecutor(atOnce, output);
    this.#queue = new BullWorkQueue(server, new Packets(server.shelf, envelope), (kind) => queueName(this.#presence, kind));
  }

  /** What it answers for, in words. */
  get describes(): string {
    const { host, version, kit, course, level } = this.#presence;
    return `the worker on ${host} answers for ${className(this.#presence)}, ${this.#options.atOnce} at once (kit ${version} ${kit.slice(0, 6)}.${course.slice(0, 6)}, isolation ${level})`;
  }

  async #answer(key: string, { exercise: id, alone, files, seed }: QuestionPacket): Promise<void> {
    const exercise = readCourse().exercises.find((one) => one.id === id);
    if (exercise === undefined) throw new Error(`this kit has no exercise ${id}`);
    const plan = makePlan({ exercises: [exercise], device: this.#device, seed, races: alone });
    const question = questionsAbout(exercise, files, plan, this.#place).find((one) => one.key === key);
    if (question === undefined) throw new Error(`what the queue's server has of a question about ${id} is not what was asked`);
    const run = await this.#executor.answer({ questions: [question], plan, modules: { [id]: files }, again: true }, {});
    try {
      await this.#queue.settle({ schema: 'unroll/answer/v1', key, records: [...run.records], errors: [...run.errors] });
    } catch (error) {
      this.#options.tell(messageOf(error));
      throw error;
    }
    this.#options.onAnswer(id);
  }

  /** Says why there is nothing to do, where graders ask and this worker is not for them. */
  async #lookForOthers(): Promise<void> {
    const graders = await this.#presences.list('grader');
    const why = graders.map((grader) => [grader.host, unlike(this.#presence, grader)] as const);
    const isIdle = why.length > 0 && why.every(([, way]) => way !== undefined);
    const text = isIdle
      ? `nothing to do for this worker: ${why.map(([host, way]) => `the grader on ${host} asks for ${way}`).join('; ')}`
      : '';
    if (text !== this.#said && text !== '') this.#options.tell(text);
    this.#said = text;
  }

  /** Ends it; what it was at goes to others. */
  async end(): Promise<void> {
    clearInterval(this.#looking);
    await endSoon(async () => {
      await Promise.all([this.#queue.close(), this.#executor.close()]); // it takes nothing more, and what it is at ends
      await this.#presences.leave();
    });
    await this.#server.close();
  }
}
