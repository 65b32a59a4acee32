import { z } from 'zod';

import { UserError } from '../errors.ts';
import { parseJson } from '../files.ts';
import type { Envelope } from '../seal/envelope.ts';
import { recordSchema } from '../store/verdict.ts';
import type { Shelf } from './server.ts';

/** A question as it travels: all that a worker needs besides its own kit. Whose files they are is not in it. */
export const questionSchema = z.strictObject({
  schema: z.literal('unroll/question/v1'),
  exercise: z.string(),
  alone: z.boolean(),
  files: z.strictObject({ key: z.string(), entry: z.string(), files: z.record(z.string(), z.string()) }),
  seed: z.union([
    z.string(),
    z.strictObject({
      epoch: z.strictObject({ name: z.string(), commitment: z.string() }),
      seeds: z.record(z.string(), z.string()),
    }),
  ]),
});
export type QuestionPacket = z.infer<typeof questionSchema>;

/** What a worker found. */
export const answerSchema = z.strictObject({
  schema: z.literal('unroll/answer/v1'),
  key: z.string(),
  records: z.array(recordSchema),
  /** Errors of the kit itself, where not every check has a record. */
  errors: z.array(z.string()),
});
export type Answer = z.infer<typeof answerSchema>;

/** What a grader or a worker says of itself, for as long as it lives. */
export const presenceSchema = z.strictObject({
  schema: z.literal('unroll/presence/v1'),
  /** Of the machine, to be told to a person. */
  host: z.string(),
  version: z.string(),
  kit: z.string(),
  course: z.string(),
  node: z.string(),
  device: z.tuple([z.string(), z.string(), z.string().nullable()]),
  level: z.string(),
  /** Name of the worker key that questions and answers are closed with; `null` where they are open. */
  key: z.string().nullable(),
  machine: z.string(),
});
export type Presence = z.infer<typeof presenceSchema>;

const keptSeconds = 7 * 24 * 3600; // a grading that was ended goes on within a week

/** Questions and answers on the shelf, closed where there is a key. */
export class Packets {
  readonly #shelf: Shelf;
  readonly #envelope: Envelope | undefined;

  constructor(shelf: Shelf, envelope: Envelope | undefined) {
    this.#shelf = shelf;
    this.#envelope = envelope;
  }

  async question(key: string): Promise<QuestionPacket | undefined> {
    const name = `question/${key}`;
    const bytes = (await this.#shelf.get([name])).get(name);
    return bytes === undefined ? undefined : this.#read(questionSchema, name, bytes);
  }

  async putQuestion(key: string, packet: QuestionPacket): Promise<void> {
    await this.#put(`question/${key}`, packet);
  }

  /** By key, those that are there; one that cannot be read is the error that says so. */
  async answers(keys: readonly string[]): Promise<ReadonlyMap<string, Answer | UserError>> {
    const found = await this.#shelf.get(keys.map((key) => `answer/${key}`));
    return new Map([...found].map(([name, bytes]) => [name.slice('answer/'.length), this.#readAnswer(name, bytes)]));
  }

  #readAnswer(name: string, bytes: Buffer): Answer | UserError {
    try {
      return this.#read(answerSchema, name, bytes);
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
  }

  /** False where another answer is there. */
  async putAnswer(answer: Answer): Promise<boolean> {
    const first = await this.#put(`answer/${answer.key}`, answer);
    await this.#shelf.remove(`question/${answer.key}`);
    return first;
  }

  async replaceAnswer(answer: Answer): Promise<void> {
    await this.#put(`answer/${answer.key}`, answer, { first: false });
  }

  async removeAnswer(key: string): Promise<void> {
    await this.#shelf.remove(`answer/${key}`);
  }

  #put(name: string, packet: QuestionPacket | Answer, { first } = { first: true }): Promise<boolean> {
    const text = Buffer.from(JSON.stringify(packet));
    return this.#shelf.put(name, this.#envelope?.close(text, name) ?? text, { seconds: keptSeconds, first });
  }

  #read<T extends z.ZodType>(schema: T, name: string, bytes: Buffer): z.infer<T> {
    const text = this.#envelope === undefined ? bytes : this.#envelope.open(bytes, name);
    const read = schema.safeParse(text === undefined ? undefined : parseJson(text.toString()));
    if (read.success) return read.data;
    throw new UserError(`${name} on the queue's server is not as the kit wrote it; \`npx unroll cohort grade --fresh\` asks anew`);
  }
}
