import { Socket } from 'node:net';

import { compileModule } from '../compile/learner.ts';
import { messageOf } from '../errors.ts';
import { decodeFrame, encodeFrame, FrameReader, requestLimits, type Message } from '../wire/frame.ts';
import type { Request } from '../wire/request.ts';

// The compiler's program: it turns a stranger's text into a module of plain JavaScript, one request after the other, in a box of its own.
// The text is only read, never run; but a text can end a compiler or make it fill its memory.

type CompileRequest = Extract<Request, { verb: 'compile' }> & { readonly id: number };

const channel = new Socket({ fd: 3, readable: true, writable: true });
const reader = new FrameReader(requestLimits);

channel.on('close', () => process.exit(0));
channel.on('data', (chunk) => {
  for (const body of reader.push(chunk)) void answer(decodeFrame(body) as unknown as CompileRequest);
});
send({ id: 0, ok: 1, value: 0 });

async function answer({ id, module, entry, files }: CompileRequest): Promise<void> {
  try {
    send({ id, ok: 1, value: { ...(await compileModule({ key: module, entry, files })) } });
  } catch (error) {
    console.error(messageOf(error));
    process.exit(1); // the text has ended esbuild: this process could compile nothing more, and the grader starts another
  }
}

function send(message: Message): void {
  for (const chunk of encodeFrame(message)) channel.write(chunk);
}
