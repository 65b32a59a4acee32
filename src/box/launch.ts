import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import type { DeviceName } from '../result/device.ts';
import type { FrameLimits } from '../wire/frame.ts';
import { programFile } from '../compile/learner.ts';
import { deviceNeeds, type DeviceNeeds } from '../device/needs.ts';
import { makeCgroup, type Cgroup } from './cgroup.ts';
import { isWalled, type Level } from './levels.ts';
import type { Limits } from './limits.ts';
import { Printed } from './printed.ts';
import { findLeftovers } from './processes.ts';
import { seccompFilter } from './seccomp.ts';
import { behindWall, nobody, programPath, type View } from './wall.ts';

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const addonPlace = '@tensorflow/tfjs-node-gpu/lib/napi-v8'; // in node_modules: a link to a folder of the grader's user, which the box sees in the link's place

/** What a box is started with. */
export interface BoxConfig {
  /** `undefined` for a box that opens none, such as the compiler's. */
  readonly device: DeviceName | undefined;
  readonly level: Level;
  readonly limits: Limits;
  /** The program of the box as one file of JavaScript, from `compileProgram`. */
  readonly program: string;
  /** What is taken of it at most; `answerLimits` where nothing is said. */
  readonly answers?: FrameLimits;
  /** What the program is told at its start; the driver's is the device. */
  readonly argument?: string;
}

/** A box that was started: its process, and what must be cleared away after it. */
export interface Launched {
  readonly child: ChildProcess;
  readonly cgroup: Cgroup | undefined;
  readonly printed: Printed;
  /** True where the box no longer needs its folder once it runs. */
  readonly walled: boolean;
  readonly clear: () => void;
}

/** Starts the program of the box behind the wall of its level, under its limits. File descriptor 3 is the channel to the grader. */
export function launchBox({ program, device, level, limits, argument = device ?? '' }: BoxConfig): Launched {
  const cgroup = makeCgroup(limits);
  for (const left of findLeftovers(tmpdir(), 'unroll-box')) rmSync(left, { recursive: true, force: true });
  const folder = mkdtempSync(join(tmpdir(), `unroll-box-${process.pid}-`));
  writeFileSync(join(folder, programFile), program);
  const needs: DeviceNeeds = device === undefined ? { readOnlyPaths: [], devicePaths: [], env: {} } : deviceNeeds(device);
  const walled = isWalled(level);
  const filter = walled ? openFilter(folder) : undefined;
  const node = (inside: string) => [
    `--max-old-space-size=${Math.floor(limits.memoryBytes / 2 ** 20)}`,
    '--enable-source-maps',
    '--no-async-stack-traces', // a stack that ends at an await does not name the request
    `${inside}/${programFile}`,
    argument,
    inside,
  ];
  const command = walled
    ? behindWall(['/bin/node', ...node('/box')], viewOf(folder, needs, filter === undefined ? undefined : filterPlace))
    : [...asOther(level, folder), process.execPath, ...node(folder)];
  const [shell, ...words] = underLimits(command, limits, cgroup);
  const child = spawn(shell as string, words, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(filter === undefined ? [] : [filter])],
    env: walled ? {} : { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...needs.env },
    cwd: walled ? '/' : folder,
    detached: true, // a group of its own, so that one signal ends all of it
  });
  if (filter !== undefined) closeSync(filter);
  const printed = new Printed([child.stdout, child.stderr].filter((stream): stream is Readable => stream !== null));
  return { child, cgroup, printed, walled, clear: () => rmSync(folder, { recursive: true, force: true }) };
}

const filterPlace = 4; // the descriptor after the channel's

function openFilter(folder: string): number | undefined {
  const filter = seccompFilter();
  if (filter === undefined) return undefined;
  writeFileSync(join(folder, 'filter'), filter);
  return openSync(join(folder, 'filter'), 'r');
}

/** What the box sees beyond the bare system: the packages, the device, and a folder of its own. */
function viewOf(folder: string, { addonFolder, readOnlyPaths, devicePaths, env }: DeviceNeeds, filter: number | undefined): View {
  const place = `/box/node_modules/${addonPlace}`;
  const moved = (text: string) => (addonFolder === undefined ? text : text.replaceAll(addonFolder, place));
  const paths = readOnlyPaths.filter((path) => !path.startsWith('/usr/lib'));
  return {
    mounts: {
      '/box/node_modules': nodeModules,
      [`/box/${programFile}`]: join(folder, programFile),
      ...(addonFolder === undefined ? {} : { [place]: addonFolder }),
      ...Object.fromEntries(paths.map((path) => [path, path])),
    },
    devicePaths,
    variables: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, moved(value)])),
    proc: devicePaths.length > 0,
    filter,
  };
}

/** Without a wall: as another user where the grader may become one, so that its own files and processes are out of reach; and the box's folder made fit for it. */
function asOther(level: Level, folder: string): string[] {
  symlinkSync(nodeModules, join(folder, 'node_modules'));
  if (level !== 'container') return [];
  chmodSync(folder, 0o777);
  return [programPath('setpriv'), `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--inh-caps=-all', '--no-new-privs'];
}

/** A shell that enters the control group, sets the limits on data, files and descriptors, and becomes the command. */
function underLimits(command: string[], limits: Limits, cgroup: Cgroup | undefined): string[] {
  const procsFiles = cgroup?.procsFiles ?? [];
  const enter = procsFiles.map((_, index) => `echo $$ > "\${${index + 2}}"`);
  const script = [
    ...enter,
    'ulimit -d "$1"',
    `ulimit -f ${limits.fileBytes / 512 /* blocks */}`,
    `ulimit -n ${limits.descriptors}`,
    'ulimit -c 0',
    `shift ${procsFiles.length + 1}`,
    'exec "$@"',
  ].join('; ');
  return ['/bin/sh', '-c', script, 'sh', String(Math.floor(limits.dataBytes / 1024)), ...procsFiles, ...command];
}
