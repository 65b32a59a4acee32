import { z } from 'zod';

import { compileProgram } from '../compile/program.ts';
import { archiveLimits, type ArchiveContents, type ArchiveWish } from '../wire/archive.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { Box } from './box.ts';
import type { Level } from './levels.ts';
import { usualLimits, type Limits } from './limits.ts';

/** Of the reader of archives: the whole course packed is read in 0.1 s and takes 90 MiB, Node included. */
const unpackLimits: Limits = {
  ...usualLimits,
  requestMs: 10_000, // 64 MiB of tar are read in 0.5 s; a busy machine
  memoryBytes: 512 * 2 ** 20, // an archive at every limit is held three times: packed, unpacked, as text
};

const answers = { frameBytes: 8 * 2 ** 20, headerBytes: 2 ** 16 }; // 4 MiB of files in base 64, and the paths of 20,000 entries of some length

const entrySchema = z.strictObject({
  path: z.string().max(archiveLimits.nameBytes),
  kind: z.enum(['file', 'folder', 'link', 'other']),
  refused: z.string().max(1000).optional(),
  bytes: z.base64().optional(),
});
const contentsSchema = z.strictObject({
  entries: z.array(entrySchema).max(archiveLimits.entries),
  strays: z.array(z.string().max(1000)).max(10),
});
const answerSchema = z.union([z.strictObject({ contents: z.string() }), z.strictObject({ refused: z.string().max(1000) })]);

/** What was read of an archive, or why it was not read: the sentence goes on after the archive's name. */
export type ArchiveReading = { readonly contents: ArchiveContents } | { readonly refused: string };

/** Reads a stranger's archive in a box of its own, which ends with it: one archive learns and spoils nothing of another. */
export async function unpackBehindWall(archive: Buffer, wish: ArchiveWish, level: Level): Promise<ArchiveReading> {
  const program = await compileProgram('unpack');
  const { box } = await Box.start({ device: undefined, level, limits: unpackLimits, answers, program });
  try {
    return readAnswer(await box.ask({ verb: 'unpack', archive: archive.toString('base64'), ...wish }));
  } catch (error) {
    if (!(error instanceof SubjectFailure)) throw error;
    return { refused: whatItDid[error.failureCause] ?? 'ended its reader; pack it again with another program' };
  } finally {
    await box.close();
  }
}

function readAnswer(message: unknown): ArchiveReading {
  const answer = answerSchema.safeParse(message);
  if (!answer.success) return unreadable;
  if ('refused' in answer.data) return answer.data;
  const contents = contentsSchema.safeParse(parse(answer.data.contents));
  return contents.success ? { contents: contents.data as ArchiveContents } : unreadable;
}

const unreadable: ArchiveReading = { refused: 'made its reader answer with something else; pack it again with another program' };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it
  }
}

/** What an archive that ends its reader did. */
const whatItDid: Readonly<Record<string, string>> = {
  timeout: `was not read within ${unpackLimits.requestMs / 1000} s; leave out what is no exercise`,
  memory: `took more than ${unpackLimits.memoryBytes / 2 ** 20} MiB of memory to read; leave out what is no exercise`,
  'bad-answer': 'holds more names than are taken; leave out what is no exercise',
};
