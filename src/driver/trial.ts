import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

// The program that tries a wall from behind (see box/trial.ts): it prints what it reached as a list.

const { file, grader, port } = JSON.parse(process.argv[2] as string) as { file: string; grader: number; port: number };

const does = (deed: () => unknown): boolean => {
  try {
    return deed() !== false;
  } catch {
    return false; // refused, as it should be
  }
};

const reachesNetwork = () =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

const [newUserNamespace, unshare] = [0x1000_0000, 272]; // CLONE_NEWUSER; the number of the call on x86-64

/** Asks the kernel for a call of this number with one argument: Node cannot, so a program of a few instructions does. True where it is granted. */
function isGranted(number: number, argument: number): boolean {
  const word = (value: number) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255];
  const code = [0xb8, ...word(number), 0xbf, ...word(argument), 0x0f, 0x05, 0xf7, 0xd8, 0x89, 0xc7, 0xb8, ...word(60), 0x0f, 0x05]; // call; exit with its negated result
  const start = 0x40_0078; // where the code lies in memory: 0x78 bytes of headers come before it
  const header = Buffer.alloc(0x78);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // ELF, 64 bits, little-endian
  header.set([2, 0, 0x3e, 0, 1], 16); // a program for x86-64
  header.writeBigUInt64LE(BigInt(start), 24);
  header.writeBigUInt64LE(64n, 32); // the one program header follows
  header.set([64, 0, 56, 0, 1], 52);
  header.set([1, 0, 0, 0, 5], 64); // to be loaded, readable and executable
  for (const at of [80, 88]) header.writeBigUInt64LE(BigInt(start - 0x78), at);
  for (const at of [96, 104]) header.writeBigUInt64LE(BigInt(0x78 + code.length), at);
  header.writeBigUInt64LE(4096n, 112);
  writeFileSync('/tmp/call', Buffer.concat([header, Buffer.from(code)]), { mode: 0o755 });
  const { status, error } = spawnSync('/tmp/call');
  if (error !== undefined || status === null) throw error ?? new Error('the call did not end');
  return status === 0;
}

const reached = [
  ...(existsSync(file) ? ["the kit's own files"] : []),
  ...(process.getuid?.() === 65534 ? [] : ["the grader's user"]),
  ...(does(() => process.kill(grader, 0)) ? ["the grader's process"] : []),
  ...((await reachesNetwork()) ? ['the network'] : []),
  ...(does(() => writeFileSync('/usr/lib/here', '')) ? ["the system's files"] : []),
  ...(does(() => readdirSync('/proc').join() !== 'self') ? ['/proc'] : []),
  ...(process.arch === 'x64' && isGranted(unshare, newUserNamespace) ? ['a user namespace of its own'] : []),
];
process.stdout.write(JSON.stringify(reached));
