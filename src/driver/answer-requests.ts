import { Socket } from 'node:net';

import { messageOf } from '../errors.ts';
import { decodeFrame, encodeFrame, FrameReader, requestLimits, type Message } from '../wire/frame.ts';
import type { Request } from '../wire/request.ts';

type Asked<Verb extends Request['verb']> = Extract<Request, { verb: Verb }>;

/**
 * Serves the grader's requests of one verb over file descriptor 3, for a program that opens no device: the compiler, the reader of archives. What
 * `answer` throws has ended its tool, so the process ends too, and the grader starts another.
 */
export function answerRequests<Verb extends Request['verb']>(answer: (request: Asked<Verb>) => Promise<Message>): void {
  const channel = new Socket({ fd: 3, readable: true, writable: true });
  const reader = new FrameReader(requestLimits);
  const send = (message: Message) => {
    for (const chunk of encodeFrame(message)) channel.write(chunk);
  };
  const serve = async ({ id, ...request }: { readonly id: number }) => {
    try {
      send({ id, ok: 1, value: await answer(request as Asked<Verb>) });
    } catch (error) {
      console.error(messageOf(error));
      process.exit(1);
    }
  };
  channel.on('close', () => process.exit(0));
  channel.on('data', (chunk) => {
    for (const body of reader.push(chunk)) void serve(decodeFrame(body) as { readonly id: number });
  });
  send({ id: 0, ok: 1, value: 0 });
}
