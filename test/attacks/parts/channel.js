import { builtin } from './builtin.ts';
/* The channel to the judge, file descriptor 3: frames of total length, header length, JSON, bytes. */
export const channel = 3;
/** Writes these bytes into the channel, all of them, as fast as the judge takes them. */
export function send(...parts) {
  const { writeSync } = builtin('fs');
  const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  for (let at = 0; at < bytes.length;)
    try {
      at += writeSync(channel, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error; // the judge has not read yet
    }
}
/** Length of what follows, as a frame begins. */
export function length(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
/** Sends one whole frame with this header and these bytes. */
export function sendFrame(header, payload = new Uint8Array()) {
  const text = Buffer.from(header);
  send(length(4 + text.length + payload.length), length(text.length), text, payload);
}
