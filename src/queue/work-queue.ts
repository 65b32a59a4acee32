import { setTimeout as delay } from 'node:timers/promises';

import type { Job, Queue, Worker } from 'bullmq';

import { messageOf, UserError } from '../errors.ts';
import { JudgesGone } from '../judge/pool.ts';
import { isFinal, endsOf } from '../store/verdict.ts';
import { loadOptional, type Server } from './server.ts';
import type { Answer, Packets, QuestionPacket } from './packets.ts';
import type { Kind } from './route.ts';

/** A question that is put to the workers. */
export interface Offer {
  readonly key: string;
  readonly packet: QuestionPacket;
  /** True where it is to be asked whatever is known. */
  readonly again?: boolean;
  /** True for what takes long, which is begun first. */
  readonly long?: boolean;
}

/** Work on the way from graders to workers. Its jobs say no more than a key. */
export interface WorkQueue {
  /** Puts a question where workers find it; one that is there already is left. */
  offer(offer: Offer): Promise<void>;
  /** Settles with the answer of a question that was offered. */
  watch(offer: Offer): Promise<Answer>;
  /** Answers questions of a kind, so many at once, until it is ended. What `work` throws is the job's failure. */
  take(kind: Kind, atOnce: number, work: (key: string, packet: QuestionPacket) => Promise<void>): Taking;
  /** Leaves an answer. The first one counts; another one that does not agree with it is an error. */
  settle(answer: Answer): Promise<void>;
  close(): Promise<void>;
}

export interface Taking {
  /** Takes nothing more; what is at work goes back to the others. */
  end(): Promise<void>;
}

const pollMs = 250; // between two looks for answers: short beside any check
const failuresMs = 1000; // without an answer, and then between two looks for jobs that failed
const lostMs = 5000; // the same for what the server may have lost, which is offered again
const lockMs = 15_000; // without a word of a worker: then its job is another's
const stalledMs = 5000; // between two looks for such jobs
const mostStalls = 3; // workers that may end at the same job
const failedSeconds = 24 * 3600; // that failed jobs are kept: a grading that is at them sees them within seconds

/** BullMQ, on Redis or PostgreSQL. */
export class BullWorkQueue implements WorkQueue {
  readonly #server: Server;
  readonly #packets: Packets;
  readonly #nameOf: (kind: Kind) => string;
  readonly #queues = new Map<Kind, Promise<Queue>>();
  readonly #takings = new Set<Taking>();
  readonly #awaited = new Map<
    string,
    { readonly offer: Offer; readonly settle: (answer: Answer) => void; readonly fail: (error: Error) => void }
  >();
  #looking: Promise<void> | undefined;
  #movedAt = performance.now();
  #closed = false;

  constructor(server: Server, packets: Packets, nameOf: (kind: Kind) => string) {
    this.#server = server;
    this.#packets = packets;
    this.#nameOf = nameOf;
  }

  /** Milliseconds since the last answer came. */
  get stillMs(): number {
    return performance.now() - this.#movedAt;
  }

  get waiting(): number {
    return this.#awaited.size;
  }

  async offer(offer: Offer): Promise<void> {
    const { key, again = false } = offer;
    const queue = await this.#queue(kindOf(offer));
    if (again) await this.#packets.removeAnswer(key);
    await this.#server.patiently(async () => {
      const before = await queue.getJob(key);
      if (before !== undefined && (await before.isFailed())) await before.remove(); // of an earlier grading
    });
    await this.#put(queue, offer);
  }

  async #put(queue: Queue, { key, packet, long = false }: Offer): Promise<void> {
    await this.#packets.putQuestion(key, packet); // first: whoever has the job finds it
    const options = { jobId: key, priority: long ? 1 : 2, removeOnComplete: true, removeOnFail: { age: failedSeconds } };
    await this.#server.patiently(() => queue.add('question', {}, options));
  }

  watch(offer: Offer): Promise<Answer> {
    if (this.#closed) return Promise.reject(new JudgesGone('the grading was interrupted'));
    const answer = new Promise<Answer>((settle, fail) => this.#awaited.set(offer.key, { offer, settle, fail }));
    if (this.#awaited.size === 1) this.#movedAt = performance.now();
    this.#looking ??= this.#look();
    return answer;
  }

  /** Looks for answers as long as somebody waits for one. */
  async #look(): Promise<void> {
    const last = { failures: performance.now(), lost: performance.now() };
    const isDue = (what: keyof typeof last, afterMs: number) => {
      if (Math.min(this.stillMs, performance.now() - last[what]) < afterMs) return false;
      last[what] = performance.now();
      return true;
    };
    try {
      while (this.#awaited.size > 0 && !this.#closed) {
        await delay(pollMs);
        for (const [key, answer] of await this.#packets.answers([...this.#awaited.keys()])) await this.#hear(key, answer);
        if (isDue('failures', failuresMs)) await this.#giveUpFailed();
        if (isDue('lost', lostMs)) for (const { offer } of this.#awaited.values()) await this.#put(await this.#queue(kindOf(offer)), offer);
      }
    } catch (error) {
      this.#failAll(error instanceof Error ? error : new Error(messageOf(error)));
    } finally {
      this.#looking = undefined;
    }
  }

  async #hear(key: string, answer: Answer | UserError): Promise<void> {
    const awaited = this.#awaited.get(key);
    this.#awaited.delete(key);
    this.#movedAt = performance.now();
    if (answer instanceof UserError) return awaited?.fail(answer);
    if (answer.errors.length > 0 || !isFinal(answer.records)) await this.#packets.removeAnswer(key); // it is to be asked anew some day
    awaited?.settle(answer);
  }

  /** What its workers broke or ended at has no answer. */
  async #giveUpFailed(): Promise<void> {
    for (const kind of new Set([...this.#awaited.values()].map(({ offer }) => kindOf(offer)))) {
      const queue = await this.#queue(kind);
      for (const { id: key = '', failedReason } of await this.#server.patiently(() => queue.getFailed())) {
        const errors = [`the workers could not answer: ${failedReason}`];
        this.#awaited.get(key)?.settle({ schema: 'unroll/answer/v1', key, records: [], errors });
        this.#awaited.delete(key);
      }
    }
  }

  #failAll(error: Error): void {
    for (const { fail } of this.#awaited.values()) fail(error);
    this.#awaited.clear();
  }

  take(kind: Kind, atOnce: number, work: (key: string, packet: QuestionPacket) => Promise<void>): Taking {
    const answer = async (job: Job, token?: string): Promise<void> => {
      const key = job.id ?? '';
      if ((await this.#packets.answers([key])).size > 0) return; // delivered twice
      const packet = await this.#packets.question(key);
      if (packet === undefined) return; // lost by the server: whoever waits for it offers it again
      try {
        await work(key, packet);
      } catch (error) {
        if (!(error instanceof JudgesGone)) throw error;
        await job.moveToWait(token);
        const { WaitingError } = await loadOptional('bullmq', () => import('bullmq'));
        throw new WaitingError();
      }
    };
    const worker: Worker = this.#server.openWorker(this.#nameOf(kind), answer, {
      concurrency: atOnce,
      lockDuration: lockMs,
      stalledInterval: stalledMs,
      maxStalledCount: mostStalls,
      runRetryDelay: 1000,
    });
    worker.on('error', (error) => this.#server.hear(error));
    const taking = { end: () => worker.close() };
    this.#takings.add(taking);
    return taking;
  }

  async settle(answer: Answer): Promise<void> {
    if (await this.#packets.putAnswer(answer)) return;
    const before = (await this.#packets.answers([answer.key])).get(answer.key);
    if (before === undefined || before instanceof UserError || !isFinal(before.records) || !isFinal(answer.records)) return;
    if (endsOf(before) === endsOf(answer)) return;
    const error = `two workers do not agree: one says ${endsOf(before)}, the other ${endsOf(answer)}; a person should look`;
    await this.#packets.replaceAnswer({ ...before, records: [], errors: [error] }); // in case that nobody has taken it yet
    throw new Error(error);
  }

  /** One race at a time, whatever the number of workers. */
  async #open(kind: Kind): Promise<Queue> {
    const queue = this.#server.openQueue(this.#nameOf(kind));
    queue.on('error', (error) => this.#server.hear(error));
    if (kind === 'races') await this.#server.patiently(() => queue.setGlobalConcurrency(1));
    return queue;
  }

  #queue(kind: Kind): Promise<Queue> {
    const queue = this.#queues.get(kind) ?? this.#open(kind);
    this.#queues.set(kind, queue);
    return queue;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#failAll(new JudgesGone('the grading was interrupted'));
    await this.#looking;
    await Promise.all([...this.#takings].map((taking) => taking.end()));
    for (const queue of this.#queues.values()) await (await queue).close();
  }
}

const kindOf = ({ packet }: Offer): Kind => (packet.alone ? 'races' : 'checks');
