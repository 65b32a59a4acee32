import { HostTensor, dtypes, sizeOf, type Dtype } from './tensor.ts';

/**
 * The wire between grader and box: frames of `total length, header length, JSON header, bytes` (lengths as 32-bit little-endian). The bytes are
 * those of the tensors and of long texts, in order. Nothing but numbers, names and bytes can cross, so an answer can never bring code or behaviour
 * into the grader.
 */

const prefixBytes = 8; // two 32-bit lengths
const maxDepth = 8; // passes answer with trees one level deep; eight leaves room and bounds the recursion
const maxRank = 8; // axes: TensorFlow.js knows six
const maxRows = 2 ** 16; // of a tensor without numbers; the course has none
const longText = 1024; // bytes: a name or a sentence fits the header, a file or a trace travels beside it
const alignment = 4; // bytes of the widest element: tensors that begin at a multiple of it need no copy

export class WireError extends Error {
  override readonly name = 'WireError';
}

/** What a reader holds at most. Anything larger is refused at its first eight bytes. */
export interface FrameLimits {
  /** Of a whole frame. */
  readonly frameBytes: number;
  /** Of its header: JSON takes many times its own size once it is read. */
  readonly headerBytes: number;
}

/** What the grader takes from a box. */
export const answerLimits: FrameLimits = {
  frameBytes: 8 * 2 ** 20, // a few lie about until they are collected; the largest answer of the solutions has 3.1 MB; a kernel trace is bounded apart
  headerBytes: 64 * 2 ** 10, // the largest of the solutions has 6 KB
};

/** What a box takes from the grader, which is trusted. */
export const requestLimits: FrameLimits = { frameBytes: 2 ** 30, headerBytes: 2 ** 24 };

type Coded = ['n', string] | ['s', string] | ['u', number] | ['t', Dtype, number[], number] | ['a', Coded[]] | ['o', [string, Coded][]];

/** A message is a tree whose leaves may also be text. */
export type Message = HostTensor | number | string | readonly Message[] | { readonly [name: string]: Message };

/** One frame, as the chunks to be written one after the other. */
export function encodeFrame(message: Message): Uint8Array[] {
  const blobs: Uint8Array[] = [];
  const text = JSON.stringify(code(message, blobs));
  const length = 4 + Buffer.byteLength(text, 'utf8');
  const header = Buffer.from(text + ' '.repeat((alignment - (length % alignment)) % alignment), 'utf8');
  const payload = blobs.reduce((sum, blob) => sum + blob.byteLength, 0);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(4 + header.byteLength + payload, 0);
  prefix.writeUInt32LE(header.byteLength, 4);
  return [prefix, header, ...blobs];
}

function code(message: Message, blobs: Uint8Array[]): Coded {
  if (typeof message === 'number') return ['n', Object.is(message, -0) ? '-0' : String(message)];
  if (typeof message === 'string') return codeText(message, blobs);
  if (message instanceof HostTensor) {
    const { data } = message;
    blobs.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return ['t', message.dtype, [...message.shape], data.byteLength];
  }
  if (isList(message)) return ['a', message.map((part) => code(part, blobs))];
  return ['o', Object.entries(message).map(([name, part]): [string, Coded] => [name, code(part, blobs)])];
}

function codeText(text: string, blobs: Uint8Array[]): Coded {
  if (text.length <= longText) return ['s', text];
  const bytes = Buffer.from(text, 'utf8');
  blobs.push(bytes);
  return ['u', bytes.byteLength];
}

const isList = (message: Message): message is readonly Message[] => Array.isArray(message);

/** Reads the body of a frame (what follows the total length). Its tensors may share the body's memory. Throws `WireError` on anything that is not exactly a frame. */
export function decodeFrame(body: Uint8Array): Message {
  const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body.byteLength < 4) throw new WireError('frame too short');
  const headerEnd = 4 + view.readUInt32LE(0);
  if (headerEnd > body.byteLength) throw new WireError('header longer than its frame');
  const cursor = { at: headerEnd };
  const message = decode(parse(view.toString('utf8', 4, headerEnd)), view, cursor, 0);
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

interface Cursor {
  at: number;
}

function decode(coded: unknown, body: Buffer, cursor: Cursor, depth: number): Message {
  if (!Array.isArray(coded) || depth > maxDepth) throw new WireError('not a message');
  const [kind, first, second, third] = coded as unknown[];
  if (kind === 'n' && typeof first === 'string') return Number(first);
  if (kind === 's' && typeof first === 'string') return first;
  if (kind === 'u') return take(first, body, cursor).toString('utf8');
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

function decodeTensor(dtype: unknown, shape: unknown, bytes: unknown, body: Buffer, cursor: Cursor): HostTensor {
  const known = dtypes.find((name) => name === dtype);
  const isShape = Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  if (known === undefined || !isShape) throw new WireError('not a tensor');
  if (shape.length > maxRank || rowsOf(shape as number[]) > maxRows) throw new WireError('a tensor of too many axes or rows');
  if (bytes !== sizeOf(shape as number[]) * (known === 'bool' ? 1 : 4)) throw new WireError('tensor bytes do not fit its shape');
  return HostTensor.fromBytes(shape as number[], known, take(bytes, body, cursor));
}

/** What a tensor becomes in nested lists, also where it holds no number: a shape of many million rows of nothing takes no bytes. */
const rowsOf = (shape: readonly number[]): number => (shape.includes(0) ? sizeOf(shape.map((length) => Math.max(length, 1))) : 0);

/** The next bytes of the body. */
function take(length: unknown, body: Buffer, cursor: Cursor): Buffer {
  const end = cursor.at + (length as number);
  if (!Number.isSafeInteger(length) || (length as number) < 0 || end > body.byteLength) throw new WireError('more bytes than there are');
  const taken = body.subarray(cursor.at, end);
  cursor.at = end;
  return taken;
}

/** Cuts a stream of chunks into frames. It holds one frame and copies each byte once; throws `WireError` at a length above its limits. */
export class FrameReader {
  readonly #limits: FrameLimits;
  readonly #prefix = Buffer.alloc(prefixBytes);
  #body: Uint8Array | undefined;
  /** Bytes of the present frame that were read, its first four included. */
  #read = 0;

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  /** Takes a chunk and gives the bodies of the frames that it completes, one after the other. */
  *push(chunk: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < chunk.byteLength;) {
      at += this.#body === undefined ? this.#readPrefix(chunk.subarray(at)) : this.#readBody(this.#body, chunk.subarray(at));
      if (this.#body === undefined || this.#read < 4 + this.#body.byteLength) continue;
      yield this.#body;
      this.#body = undefined;
      this.#read = 0;
    }
  }

  #readPrefix(chunk: Uint8Array): number {
    const taken = chunk.subarray(0, prefixBytes - this.#read);
    this.#prefix.set(taken, this.#read);
    this.#read += taken.byteLength;
    if (this.#read >= 4 && this.#prefix.readUInt32LE(0) < 4) throw new WireError('frame too short');
    if (this.#read === prefixBytes) this.#body = this.#startBody(this.#prefix.readUInt32LE(0), this.#prefix.readUInt32LE(4));
    return taken.byteLength;
  }

  #startBody(length: number, headerLength: number): Uint8Array {
    if (length > this.#limits.frameBytes) throw new WireError('frame above the cap');
    if (headerLength > this.#limits.headerBytes) throw new WireError('header above the cap');
    const body = new Uint8Array(length); // the system gives memory when it is written to, so a frame that never comes takes none
    body.set(this.#prefix.subarray(4));
    return body;
  }

  #readBody(body: Uint8Array, chunk: Uint8Array): number {
    const taken = chunk.subarray(0, 4 + body.byteLength - this.#read);
    body.set(taken, this.#read - 4);
    this.#read += taken.byteLength;
    return taken.byteLength;
  }
}
