import { HostTensor, dtypes, sizeOf, type Dtype } from './tensor.ts';

/**
 * The wire between grader and box: frames of `total length, header length, JSON header, tensor bytes` (lengths as 32-bit little-endian).
 * Nothing but numbers, names and bytes can cross, so an answer can never bring code or behaviour into the grader.
 */

const prefixBytes = 8; // two 32-bit lengths
export const maxFrameBytes = 1 << 30; // 1 GiB: sixteen times the largest tensor of the course, far below what the grader can hold
const maxDepth = 8; // passes answer with trees one level deep; eight leaves room and bounds the recursion

export class WireError extends Error {
  override readonly name = 'WireError';
}

type Coded = ['n', string] | ['s', string] | ['t', Dtype, number[], number] | ['a', Coded[]] | ['o', [string, Coded][]];

/** A message is a tree whose leaves may also be text. */
export type Message = HostTensor | number | string | readonly Message[] | { readonly [name: string]: Message };

/** One frame, as the chunks to be written one after the other. */
export function encodeFrame(message: Message): Uint8Array[] {
  const blobs: Uint8Array[] = [];
  const header = Buffer.from(JSON.stringify(code(message, blobs)), 'utf8');
  const payload = blobs.reduce((sum, blob) => sum + blob.byteLength, 0);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(4 + header.byteLength + payload, 0);
  prefix.writeUInt32LE(header.byteLength, 4);
  return [prefix, header, ...blobs];
}

function code(message: Message, blobs: Uint8Array[]): Coded {
  if (typeof message === 'number') return ['n', Object.is(message, -0) ? '-0' : String(message)];
  if (typeof message === 'string') return ['s', message];
  if (message instanceof HostTensor) {
    const { data } = message;
    blobs.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return ['t', message.dtype, [...message.shape], data.byteLength];
  }
  if (isList(message)) return ['a', message.map((part) => code(part, blobs))];
  return ['o', Object.entries(message).map(([name, part]): [string, Coded] => [name, code(part, blobs)])];
}

const isList = (message: Message): message is readonly Message[] => Array.isArray(message);

/** Reads the body of a frame (what follows the total length). Throws `WireError` on anything that is not exactly a frame. */
export function decodeFrame(body: Uint8Array): Message {
  const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body.byteLength < 4) throw new WireError('frame too short');
  const headerEnd = 4 + view.readUInt32LE(0);
  if (headerEnd > body.byteLength) throw new WireError('header longer than its frame');
  const cursor = { at: headerEnd };
  const message = decode(parse(view.toString('utf8', 4, headerEnd)), body, cursor, 0);
  if (cursor.at !== body.byteLength) throw new WireError('bytes left over');
  return message;
}

function parse(header: string): unknown {
  try {
    return JSON.parse(header) as unknown;
  } catch (cause) {
    throw new WireError('header is not JSON', { cause });
  }
}

function decode(coded: unknown, body: Uint8Array, cursor: { at: number }, depth: number): Message {
  if (!Array.isArray(coded) || depth > maxDepth) throw new WireError('not a message');
  const [kind, first, second, third] = coded as unknown[];
  if (kind === 'n' && typeof first === 'string') return Number(first);
  if (kind === 's' && typeof first === 'string') return first;
  if (kind === 't') return decodeTensor(first, second, third, body, cursor);
  if (kind === 'a' && Array.isArray(first)) return first.map((part) => decode(part, body, cursor, depth + 1));
  if (kind === 'o' && Array.isArray(first)) {
    const named = first.map((entry): [string, Message] => {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string') throw new WireError('not a name');
      return [entry[0], decode(entry[1], body, cursor, depth + 1)];
    });
    return Object.fromEntries(named); // defines own properties: a name like __proto__ stays a name
  }
  throw new WireError('unknown kind');
}

function decodeTensor(dtype: unknown, shape: unknown, bytes: unknown, body: Uint8Array, cursor: { at: number }): HostTensor {
  const known = dtypes.find((name) => name === dtype);
  const isShape = Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  if (known === undefined || !isShape || !Number.isSafeInteger(bytes)) throw new WireError('not a tensor');
  const expected = sizeOf(shape as number[]) * (known === 'bool' ? 1 : 4);
  const end = cursor.at + expected;
  if (bytes !== expected || end > body.byteLength) throw new WireError('tensor bytes do not fit its shape');
  const tensor = HostTensor.fromBytes(shape as number[], known, body.subarray(cursor.at, end));
  cursor.at = end;
  return tensor;
}

/** Cuts a stream of chunks into frames; throws `WireError` at a length above the cap. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** Takes a chunk, gives the bodies of the frames it completes. */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    const bodies: Uint8Array[] = [];
    for (let length = this.#nextLength(); length !== undefined && this.#bytes >= 4 + length; length = this.#nextLength()) {
      const all = Buffer.concat(this.#chunks);
      bodies.push(all.subarray(4, 4 + length));
      this.#chunks = [all.subarray(4 + length)];
      this.#bytes -= 4 + length;
    }
    return bodies;
  }

  #nextLength(): number | undefined {
    if (this.#bytes < 4) return undefined;
    if ((this.#chunks[0]?.byteLength ?? 0) < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const first = this.#chunks[0] as Uint8Array;
    const length = Buffer.from(first.buffer, first.byteOffset, 4).readUInt32LE(0);
    if (length > maxFrameBytes) throw new WireError('frame above the cap');
    return length;
  }
}
