import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const markVariable = 'UNROLL_AUDIT'; // stands in the environment of every process of an audit

const attackersMark = /\bunroll-attack(-[\w-]*)?$/; // the name of every file that an attack writes where it may not, and the end of the command of a process that it leaves

/** Who wrote something that is still there, for an audit that is over: its mark, the ids of its workers, its folder. */
export interface Marks {
  readonly mark: string;
  readonly pids: readonly number[];
  readonly folder: string;
}

/** Processes, files, mounts and control groups that an audit left. */
export function findLeft({ mark, pids, folder }: Marks): string[] {
  const boxes = pids.map((pid) => `unroll-box-${pid}-`);
  const isOurs = (text: string) => text.includes(`${markVariable}=${mark}`) || boxes.some((box) => text.includes(box));
  const processes = namesOf('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const running = processes.filter((pid) => {
    const command = commandOf(pid);
    return isOurs(readOr(`/proc/${pid}/environ`) + command) || attackersMark.test(command);
  });
  const mounts = readOr('/proc/self/mounts')
    .split('\n')
    .filter((line) => line.includes(folder));
  const groups = pids.flatMap((pid) => cgroupFolders().filter((path) => path.includes(`/unroll-${pid}-`)));
  const files = [tmpdir(), '/tmp', '/dev/shm', '/var/tmp'].flatMap((place) =>
    namesOf(place).filter((name) => attackersMark.test(name) || boxes.some((box) => name.startsWith(box))),
  );
  return [
    ...running.map((pid) => `the process ${pid}: ${commandOf(pid).slice(0, 80)}`),
    ...[...new Set(files)].map((name) => `the file ${name}`),
    ...mounts.map((line) => `the mount ${line.slice(0, 80)}`),
    ...groups.map((path) => `the control group ${path}`),
    ...(existsSync(folder) ? [`the folder ${folder}`] : []),
  ];
}

const commandOf = (pid: string) => readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trimEnd();

/** Folders of control groups, two levels below each controller: as deep as a box's own lies below this user's. */
function cgroupFolders(root = '/sys/fs/cgroup', depth = 6 /* levels: a session's scope lies four below the root */): string[] {
  if (depth === 0) return [];
  return namesOf(root, true).flatMap((name) => [join(root, name), ...cgroupFolders(join(root, name), depth - 1)]);
}

function namesOf(folder: string, foldersOnly = false): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (foldersOnly && !entry.isDirectory() ? [] : [entry.name]));
  } catch {
    return []; // not on this system, or gone while we looked
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // another user's, or gone while we looked
  }
}
