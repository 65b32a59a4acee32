import { builtin } from './builtin.ts';
const base = 0x400000;
const headers = 64 + 56; // bytes of the ELF header and of one program header
const registers = {
  syscall: {
    set: ['48bf', '48be', '48ba', '49ba', '49b8', '49b9'],
    load: ['488b3f', '488b36', '488b12', '4d8b12', '4d8b00', '4d8b09'],
    enter: '0f05',
  },
  int80: { set: ['48bb', '48b9', '48ba', '48be', '48bf'], load: ['488b1b', '488b09', '488b12', '488b36', '488b3f'], enter: 'cd80' },
};
let count = 0;
/** Runs these calls one after the other in one process and answers with their results. */
export function syscalls(calls, milliseconds = 3000) {
  const fs = builtin('fs');
  const path = `/tmp/unroll-attack-${process.pid}-${count++}`;
  fs.writeFileSync(path, assemble(calls), { mode: 0o755 });
  const { stdout, signal, error } = builtin('child_process').spawnSync(path, { timeout: milliseconds });
  if (error !== undefined) throw error;
  if (signal !== null) throw new Error(`the kernel ended it with ${signal}`);
  return calls.map((_, index) => Number(stdout.readBigInt64LE(8 * index)));
}
/** One call's result. */
export const syscall = (number, ...args) => syscalls([{ number, args }])[0];
/** True where the kernel did what was asked. */
export const succeeds = (number, ...args) => syscall(number, ...args) >= 0;
function assemble(calls) {
  const data = [];
  const all = [...calls, { number: 1, args: [1, { result: 0 }, 8 * calls.length] }, { number: 60, args: [0] }]; // write what came out, and exit
  const sizes = all.map((call, index) => encode(call, index, 0, 0, [], index === calls.length).length);
  const codeBytes = sizes.reduce((sum, size) => sum + size, 0);
  const results = base + headers + codeBytes;
  const dataStart = results + 8 * all.length;
  const code = all.flatMap((call, index) => [...encode(call, index, results, dataStart, data, index === calls.length)]);
  const body = Buffer.concat([Buffer.from(code), Buffer.alloc(8 * all.length), ...data]);
  return Buffer.concat([elfHeaders(headers + body.length), body]);
}
/** The instructions of one call; where `printing`, its second argument is the address of the results and not what stands there. */
function encode({ number, args = [], by }, index, results, dataStart, data, printing) {
  const { set, load, enter } = registers[by ?? 'syscall'];
  const parts = args.flatMap((argument, place) => {
    if (typeof argument === 'number') return [hex(set[place]), word(argument)];
    if (!(argument instanceof Uint8Array))
      return [hex(set[place]), word(results + 8 * argument.result), ...(printing ? [] : [hex(load[place])])];
    const address = dataStart + data.reduce((sum, bytes) => sum + bytes.length, 0);
    data.push(argument);
    return [hex(set[place]), word(address)];
  });
  return Buffer.concat([...parts, hex('48b8'), word(number), hex(enter), hex('48bb'), word(results + 8 * index), hex('488903')]); // the result is kept
}
function elfHeaders(size) {
  const header = Buffer.alloc(headers);
  header.write('7f454c46020101', 'hex');
  header.writeUInt16LE(2, 16); // a program
  header.writeUInt16LE(62, 18); // x86-64
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(base + headers), 24); // where it begins
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  header.writeUInt32LE(1, 64); // one segment to load, which may be read, written and run
  header.writeUInt32LE(7, 68);
  header.writeBigUInt64LE(BigInt(base), 80);
  header.writeBigUInt64LE(BigInt(base), 88);
  header.writeBigUInt64LE(BigInt(size), 96);
  header.writeBigUInt64LE(BigInt(size), 104);
  header.writeBigUInt64LE(0x1000n, 112);
  return header;
}
const hex = (text) => Buffer.from(text, 'hex');
function word(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
}
/** Text that ends with a zero, as the kernel wants it. */
export const text = (value) => Buffer.from(`${value}\0`);
