/**
 * The program of classic BPF that bubblewrap hands to the kernel for the learner's code (`--seccomp`): which system calls are refused. The
 * filter sees the number of the call and its arguments as bits, never what a pointer leads to. Numbers from the kernel's tables
 * (syscall_64.tbl; asm-generic/unistd.h for arm64), values from linux/seccomp.h, linux/audit.h and linux/sched.h.
 */

type Architecture = 'x64' | 'arm64';

const auditArchitecture: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/**
 * Refused with EPERM: new namespaces and mounts, other processes, keys, the kernel's own programs, clocks and parts, and memory that no process
 * maps, which the watch would not see. Nothing that Node or a device needs.
 */
const refused: Readonly<Record<string, readonly [x64: number, arm64: number]>> = {
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  statmount: [457, 457], // both tell where on the host a mount comes from
  listmount: [458, 458],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  fanotify_init: [300, 262],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  acct: [163, 89],
  swapon: [167, 224],
  swapoff: [168, 225],
  reboot: [169, 142],
  syslog: [103, 116],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  personality: [135, 92],
  memfd_create: [319, 279], // a file in memory
  memfd_secret: [447, 447],
  shmget: [29, 194], // segments, semaphores and queues of System V outlive who makes them
  shmat: [30, 196],
  shmctl: [31, 195],
  semget: [64, 190],
  semctl: [66, 191],
  semop: [65, 193],
  semtimedop: [220, 192],
  msgget: [68, 186],
  msgsnd: [69, 189],
  msgrcv: [70, 188],
  msgctl: [71, 187],
  mq_open: [240, 180], // queues of POSIX
};

const call: Record<'clone' | 'clone3' | 'mmap' | 'socket' | 'socketpair', Record<Architecture, number>> = {
  clone: { x64: 56, arm64: 220 },
  clone3: { x64: 435, arm64: 435 },
  mmap: { x64: 9, arm64: 222 },
  socket: { x64: 41, arm64: 198 },
  socketpair: { x64: 53, arm64: 199 },
};
const newNamespaces = 0x7e02_0000; // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET
const [shared, anonymous] = [0x01, 0x20]; // MAP_SHARED and MAP_ANONYMOUS: together memory that stays when who wrote it no longer maps it
const unixSockets = 1; // AF_UNIX: how Node speaks with its children; every other family leads nowhere from a box, into code of the kernel that few people test
const x32Calls = 0x4000_0000; // numbers above it are those of another table

const [allow, refuse, kill] = [0x7fff_0000, 0x0005_0000, 0x8000_0000]; // SECCOMP_RET_ALLOW, ERRNO and KILL_PROCESS
const [notPermitted, notThere, noSuchFamily] = [1, 38, 97]; // EPERM, ENOSYS, EAFNOSUPPORT
const at = { number: 0, architecture: 4, firstArgument: 16, fourthArgument: 40 } as const; // bytes into struct seccomp_data; arguments are 64 bits wide, low half first

const [load, ifEqual, ifAtLeast, ifAnyBit, answer] = [0x20, 0x15, 0x35, 0x45, 0x06]; // BPF_LD|W|ABS, BPF_JMP|JEQ|JGE|JSET|K, BPF_RET|K
type Instruction = readonly [code: number, jumpIfTrue: number, jumpIfFalse: number, value: number];
const endWith = (value: number): Instruction => [answer, 0, 0, value];
/** Ends with this answer where the number that was loaded passes the test. */
const endIf = (test: number, value: number, end: number): Instruction[] => [[test, 0, 1, value], endWith(end)];

/** The filter for a machine's architecture, or `undefined` for one whose numbers are not known here. */
export function seccompFilter(architecture: string = process.arch): Buffer | undefined {
  if (architecture !== 'x64' && architecture !== 'arm64') return undefined;
  const numbers = Object.values(refused).map(([x64, arm64]) => (architecture === 'x64' ? x64 : arm64));
  return assemble([
    [load, 0, 0, at.architecture],
    [ifEqual, 1, 0, auditArchitecture[architecture]],
    endWith(kill), // a call through the table of another architecture, such as int 0x80
    [load, 0, 0, at.number],
    ...(architecture === 'x64' ? endIf(ifAtLeast, x32Calls, kill) : []),
    ...numbers.flatMap((number) => endIf(ifEqual, number, refuse | notPermitted)),
    ...endIf(ifEqual, call.clone3[architecture], refuse | notThere), // its flags lie behind a pointer; the C library falls back to clone
    [ifEqual, 0, 4, call.clone[architecture]],
    [load, 0, 0, at.firstArgument],
    ...endIf(ifAnyBit, newNamespaces, refuse | notPermitted),
    endWith(allow),
    [ifEqual, 0, 5, call.mmap[architecture]],
    [load, 0, 0, at.fourthArgument],
    [ifAnyBit, 0, 2, anonymous],
    [ifAnyBit, 0, 1, shared],
    endWith(refuse | notPermitted),
    endWith(allow),
    [ifEqual, 2, 0, call.socket[architecture]],
    [ifEqual, 1, 0, call.socketpair[architecture]],
    endWith(allow),
    [load, 0, 0, at.firstArgument],
    ...endIf(ifEqual, unixSockets, allow),
    endWith(refuse | noSuchFamily),
  ]);
}

/** `struct sock_filter` one after the other: code, two jumps, value. */
function assemble(instructions: readonly Instruction[]): Buffer {
  const program = Buffer.alloc(8 * instructions.length);
  for (const [index, [code, jumpIfTrue, jumpIfFalse, value]] of instructions.entries()) {
    program.writeUInt16LE(code, 8 * index);
    program.writeUInt8(jumpIfTrue, 8 * index + 2);
    program.writeUInt8(jumpIfFalse, 8 * index + 3);
    program.writeUInt32LE(value >>> 0, 8 * index + 4);
  }
  return program;
}
