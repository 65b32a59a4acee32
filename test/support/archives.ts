import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

import { Header } from 'tar';

/** One entry of a zip; whatever a header can say can be said wrongly. */
export interface ZipPart {
  readonly name: string | Buffer;
  readonly data?: string | Uint8Array;
  /** 0 stored, 8 deflated. */
  readonly method?: number;
  readonly flags?: number;
  /** Of Unix, such as 0o120777 for a link. */
  readonly mode?: number;
  /** Bytes unpacked, as the headers say. */
  readonly size?: number;
  readonly crc?: number;
  /** The bytes that stand in the archive. */
  readonly packed?: Uint8Array;
  /** The name before the data, which the directory need not repeat. */
  readonly localName?: string;
  /** Of the data, as the directory says. */
  readonly offset?: number;
}

const [unix, utf8] = [3, 0x800];

/** A zip with a checksum for each entry. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const data = Buffer.from(part.data ?? '');
    const { name, method = 8, flags = utf8, mode = 0o100644, size = data.length, crc = crc32(data) } = part;
    const packed = part.packed ?? (method === 8 ? deflateRawSync(data) : data);
    const common = Buffer.alloc(22); // flags, method, time, date, checksum, two sizes
    common.writeUInt16LE(flags, 0);
    common.writeUInt16LE(method, 2);
    common.writeUInt32LE(crc, 8);
    common.writeUInt32LE(packed.length, 12);
    common.writeUInt32LE(size, 16);
    const local = bytesOf(part.localName ?? name);
    const body = Buffer.concat([
      Buffer.from('PK\x03\x04\x14\x00', 'latin1'),
      common.subarray(0, 20),
      twoBytes(local.length),
      twoBytes(0),
      local,
      packed,
    ]);
    const raw = bytesOf(name);
    const tail = Buffer.alloc(14); // comment length, disk, attributes, offset
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(part.offset ?? at, 10);
    directory.push(
      Buffer.from('PK\x01\x02\x14', 'latin1'),
      Buffer.from([unix, 20, 0]),
      common.subarray(0, 20),
      twoBytes(raw.length),
      twoBytes(0),
      tail,
      raw,
    );
    bodies.push(body);
    at += body.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, central, end]);
}

const bytesOf = (name: string | Buffer) => (typeof name === 'string' ? Buffer.from(name) : name);

function twoBytes(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(number);
  return bytes;
}

/** One entry of a tar. */
export interface TarPart {
  readonly name: string;
  readonly data?: string | Uint8Array;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO' | 'NextFileHasLongPath' | 'ExtendedHeader';
  readonly link?: string;
  /** Bytes, as the header says. */
  readonly size?: number;
}

const block = 512; // bytes

export function makeTar(parts: readonly TarPart[]): Buffer {
  const blocks = parts.flatMap(({ name, data = '', type = 'File', link, size }) => {
    const bytes = Buffer.from(data);
    const header = Buffer.alloc(block);
    new Header({ path: name, mode: 0o644, type, size: size ?? bytes.length, ...(link === undefined ? {} : { linkpath: link }) }).encode(
      header,
      0,
    );
    return [header, bytes, Buffer.alloc((block - (bytes.length % block)) % block)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * block)]);
}

export const makeTgz = (parts: readonly TarPart[]): Buffer => gzipSync(makeTar(parts));
