import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { DeviceName } from '../result/device.ts';
import { deviceNeeds } from '../device/needs.ts';
import { makeCgroup, type Cgroup } from './cgroup.ts';
import { wallArguments, type Isolation } from './isolation.ts';
import type { Limits } from './limits.ts';
import { Printed } from './printed.ts';
import { findLeftovers } from './processes.ts';

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** What a box is started with. */
export interface BoxConfig {
  readonly device: DeviceName;
  readonly isolation: Isolation;
  readonly limits: Limits;
  /** The program of the box as one file of JavaScript, from `compileDriver`. */
  readonly program: string;
}

/** A box that was started: its process, and what must be cleared away after it. */
export interface Launched {
  readonly child: ChildProcess;
  readonly cgroup: Cgroup | undefined;
  readonly printed: Printed;
  /** True where the box no longer needs its folder once it runs. */
  readonly walled: boolean;
  clear(): void;
}

/** Starts the program of the box behind the wall, under its limits. File descriptor 3 is the channel to the grader. */
export function launchBox({ program, device, isolation, limits }: BoxConfig): Launched {
  const cgroup = makeCgroup(limits);
  for (const left of findLeftovers(tmpdir(), 'unroll-box')) rmSync(left, { recursive: true, force: true });
  const folder = mkdtempSync(join(tmpdir(), `unroll-box-${process.pid}-`));
  writeFileSync(join(folder, 'box.mjs'), program);
  const printed = new Printed(join(folder, 'printed'));
  const needs = deviceNeeds(device);
  const walled = isolation.level === 'bubblewrap';
  const inside = walled ? '/box' : folder;
  if (!walled) symlinkSync(nodeModules, join(folder, 'node_modules'));
  const node = [
    process.execPath,
    `--max-old-space-size=${Math.floor(limits.memoryBytes / 2 ** 20)}`,
    '--enable-source-maps',
    `${inside}/box.mjs`,
    device,
    inside,
  ];
  const command = walled ? ['bwrap', ...wallArguments(), ...bindMounts(folder, needs), ...node] : node;
  const [shell, ...words] = underLimits(command, limits, cgroup);
  const child = spawn(shell as string, words, {
    stdio: ['ignore', printed.descriptor, printed.descriptor, 'pipe'],
    env: walled ? { PATH: process.env['PATH'] } : { PATH: process.env['PATH'], HOME: folder, ...needs.env },
    cwd: walled ? '/' : folder,
    detached: true, // a group of its own, so that one signal ends all of it
  });
  return { child, cgroup, printed, walled, clear: () => rmSync(folder, { recursive: true, force: true }) };
}

type Needs = ReturnType<typeof deviceNeeds>;

/** What the box sees beyond the bare system: Node, the packages, the device, and a folder of its own. */
function bindMounts(folder: string, needs: Needs): string[] {
  const readOnly = [process.execPath, ...needs.readOnlyPaths].filter((path) => !path.startsWith('/usr/')); // the program alone: its folder may be a home
  const env = { PATH: '/usr/bin:/bin', HOME: '/tmp', ...needs.env };
  return [
    ...[
      '--size',
      String(64 << 20),
      '--tmpfs',
      '/box',
      '--ro-bind',
      nodeModules,
      '/box/node_modules',
      '--ro-bind',
      join(folder, 'box.mjs'),
      '/box/box.mjs',
      '--chdir',
      '/box',
    ],
    ...readOnly.flatMap((path) => ['--ro-bind', path, path]),
    ...needs.devicePaths.flatMap((path) => ['--dev-bind', path, path]),
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}

/** A shell that enters the control group, sets the limits on data and on file sizes, and becomes the command. */
function underLimits(command: string[], limits: Limits, cgroup: Cgroup | undefined): string[] {
  const procsFiles = cgroup?.procsFiles ?? [];
  const enter = procsFiles.map((_, index) => `echo $$ > "\${${index + 2}}"`);
  const script = [
    ...enter,
    'ulimit -d "$1"',
    `ulimit -f ${(8 * limits.outputBytes) / 512 /* blocks; the watch is slower than a flood */}`,
    'ulimit -c 0',
    `shift ${procsFiles.length + 1}`,
    'exec "$@"',
  ].join('; ');
  return ['/bin/sh', '-c', script, 'sh', String(Math.floor(limits.dataBytes / 1024)), ...procsFiles, ...command];
}
