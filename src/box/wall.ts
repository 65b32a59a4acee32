import { accessSync, constants, existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** What a box sees beside the bare system. */
export interface View {
  /** Read-only files and folders, by where the box sees them. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly devicePaths: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** True where the device's own libraries read /proc: a GPU's do. Otherwise it is empty but for the name of Node. */
  readonly proc: boolean;
  /** Descriptor that holds the filter of system calls, where there is one for this machine. */
  readonly filter: number | undefined;
}

export const nobody = 65534; // user and group of this number own nothing, on every Linux
const scratchBytes = 64 << 20; // of /tmp and of /box each: a learner's pass needs none
const sharedBytes = 16 << 20; // of /dev/shm: the libraries of a device may want some
const systemFolders = ['/usr/lib', '/usr/lib64', '/usr/lib32', '/lib', '/lib64', '/lib32', '/etc/ld.so.cache', '/etc/alternatives'];
const processes = 512; // threads count: Node, TensorFlow and a software GPU start about thirty

/**
 * The command line that runs a command behind the wall: own namespaces of users, processes, IPC, names, network and control groups; libraries and
 * Node read-only, no other program; an empty /proc; a small /tmp and /box; no variables but those named; no new namespaces; a filter of system calls.
 *
 * A grader that is root is root of the machine to /proc/sys, whatever number it has in a namespace. So it makes the mounts, becomes nobody, and nobody
 * makes the namespace of users in which the learner's code runs.
 */
export function behindWall(command: readonly string[], view: View): string[] {
  const bwrap = programPath('bwrap');
  const limited = ['/bin/sh', '-c', 'ulimit -p "$0" 2>/dev/null || ulimit -u "$0"; exec "$@"', String(processes), ...command]; // here the kernel counts those of the namespace alone
  const apart = ['--unshare-user', '--disable-userns', '--uid', String(nobody), '--gid', String(nobody), '--die-with-parent', '--clearenv'];
  const last = [...variables(view), ...(view.filter === undefined ? [] : ['--seccomp', String(view.filter)]), '--chdir', '/box', '--'];
  if (!isRootOfMany()) return [bwrap, ...apart, ...namespaces, ...mounts(view, []), ...last, ...limited];
  const setpriv = programPath('setpriv');
  return [
    ...[bwrap, ...namespaces, '--die-with-parent', '--clearenv', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID'],
    ...mounts({ ...view, proc: true }, [bwrap, setpriv]),
    ...[setpriv, `--reuid=${nobody}`, `--regid=${nobody}`, groups(view), '--inh-caps=-all'],
    ...[bwrap, ...apart, '--dev-bind', '/', '/', ...(view.proc ? readOnlyProc : noProc)],
    ...[bwrap, setpriv].flatMap((program) => ['--ro-bind', '/dev/null', program]),
    ...last,
    ...limited,
  ];
}

const namespaces = [
  ...['--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup', '--hostname', 'box', '--new-session'],
];
const readOnlyProc = ['--ro-bind', '/proc/sys', '/proc/sys']; // writable for root of the machine otherwise: core_pattern is a command line
/** An empty /proc, but for the one name in it that TensorFlow insists on. */
const noProc = [
  ...['--size', '4096', '--perms', '0755', '--tmpfs', '/proc'],
  ...['--perms', '0755', '--dir', '/proc/self', '--symlink', '/bin/node', '/proc/self/exe', '--remount-ro', '/proc'],
];
/** Mapped and shared, /dev/zero is memory that the filter cannot tell from a file. */
const noZero = ['--dev-bind', '/dev/null', '/dev/zero'];

function mounts({ mounts: named, devicePaths, proc }: View, programs: readonly string[]): string[] {
  const system = systemFolders.filter((path) => existsSync(path));
  const readOnly: [at: string, from: string][] = [
    ...system.map((path): [string, string] => [path, path]),
    ['/bin/sh', realpathSync('/bin/sh')],
    ['/bin/node', realpathSync(process.execPath)],
    ...programs.map((path): [string, string] => [path, path]),
  ];
  return [
    ...foldersAbove([...readOnly.map(([at]) => at), ...devicePaths]),
    ...readOnly.flatMap(([at, from]) => ['--ro-bind', from, at]),
    ...(proc ? ['--proc', '/proc', ...(programs.length > 0 ? [] : readOnlyProc)] : noProc),
    ...['--dev', '/dev', ...noZero, ...scratch('/dev/shm', sharedBytes), '--remount-ro', '/dev', ...scratch('/tmp', scratchBytes)],
    ...scratch('/box', scratchBytes),
    ...Object.entries(named).flatMap(([at, from]) => [...foldersAbove([at]), '--ro-bind', from, at]),
    ...devicePaths.flatMap((path) => ['--dev-bind', path, path]),
    ...['--remount-ro', '/'],
  ];
}

const scratch = (folder: string, bytes: number) => ['--perms', '1777', '--size', String(bytes), '--tmpfs', folder];

/** The folders in which these paths lie, readable: those that bubblewrap makes by itself are its user's alone. */
function foldersAbove(paths: readonly string[]): string[] {
  const above = (path: string): string[] => (dirname(path) === '/' ? [] : [...above(dirname(path)), dirname(path)]);
  const made = new Set(['/box', '/dev', '/tmp', '/proc']);
  const folders = new Set(paths.flatMap(above).filter((folder) => !made.has(folder) && !folder.startsWith('/box/node_modules/')));
  return [...folders].flatMap((folder) => ['--perms', '0755', '--dir', folder]);
}

function variables({ variables: named }: View): string[] {
  return Object.entries({ PATH: '/bin', HOME: '/tmp', TMPDIR: '/tmp', ...named }).flatMap(([name, value]) => ['--setenv', name, value]);
}

/** Membership of the groups to which the device's files belong, and of no other. */
function groups({ devicePaths }: View): string {
  const ids = new Set(devicePaths.map((path) => statSync(path).gid).filter((gid) => gid !== 0));
  return ids.size === 0 ? '--clear-groups' : `--groups=${[...ids].join(',')}`;
}

/** True for a root that can become another user: not for one that is only called so, in a namespace that knows no other user. */
export function isRootOfMany(): boolean {
  if (process.getuid?.() !== 0) return false;
  return readFileSync('/proc/self/uid_map', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number])
    .some(([from, , count]) => from <= nobody && nobody < from + count);
}

/** Where a program is, or its bare name where there is none, which then cannot be started. */
export function programPath(name: string): string {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return places.find(isProgram) ?? name;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return lstatSync(realpathSync(path)).isFile();
  } catch {
    return false; // not here: the next folder may have it
  }
}
