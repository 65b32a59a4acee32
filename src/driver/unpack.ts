import { Socket } from 'node:net';

import { decodeFrame, encodeFrame, FrameReader, requestLimits, type Message } from '../wire/frame.ts';
import type { Request } from '../wire/request.ts';
import { ArchiveRefused, readArchive } from './read-archive.ts';

// The program that reads a stranger's archive, in a box of its own: a parser of formats that were made for trust, or a package of it, can have a
// hole. It writes nothing, and what it answers is looked at by the grader as any answer of a box is.

type UnpackRequest = Extract<Request, { verb: 'unpack' }> & { readonly id: number };

const channel = new Socket({ fd: 3, readable: true, writable: true });
const reader = new FrameReader(requestLimits);

channel.on('close', () => process.exit(0));
channel.on('data', (chunk) => {
  for (const body of reader.push(chunk)) void answer(decodeFrame(body) as unknown as UnpackRequest);
});
send({ id: 0, ok: 1, value: 0 });

async function answer({ id, archive, wanted, mostFileBytes }: UnpackRequest): Promise<void> {
  try {
    const contents = await readArchive(Buffer.from(archive, 'base64'), { wanted, mostFileBytes });
    send({ id, ok: 1, value: { contents: JSON.stringify(contents) } });
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error; // ends this process, which the grader tells of the archive
    send({ id, ok: 1, value: { refused: error.message } });
  }
}

function send(message: Message): void {
  for (const chunk of encodeFrame(message)) channel.write(chunk);
}
