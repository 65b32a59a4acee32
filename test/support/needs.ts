import { access, constants } from 'node:fs/promises';

import type { TestContext } from 'vitest';

import { describeIsolation } from '../../src/box/isolation.ts';
import { isWalled } from '../../src/box/levels.ts';
import { reportProvision } from '../../src/device/provisioned.ts';
import { findSoftwareDriver } from '../../src/device/vulkan.ts';
import { messageOf } from '../../src/errors.ts';
import type { DeviceName } from '../../src/result/device.ts';
import { findCompiler } from '../../src/setup/compiler.ts';

import { findServerProgram } from './servers.ts';

/** What a test may need that Node and npm do not bring. */
export type Thing = keyof typeof reasons;

/** What the tests of a device need. */
export function thingsFor(device: DeviceName): Thing[] {
  return device === 'tensorflow' || device === 'webgpu' ? [device] : [];
}

export const chromiumPath = '/usr/bin/chromium';

/** Why this machine lacks a thing, `undefined` where it has it. */
const reasons = {
  tensorflow: async () => {
    const report = await reportProvision();
    return report === undefined || report.usable ? undefined : report.reason;
  },
  bubblewrap: async () => {
    const { level, reason } = await describeIsolation();
    return isWalled(level) ? undefined : reason;
  },
  chromium: () =>
    access(chromiumPath, constants.X_OK).then(
      () => undefined,
      () => `There is no ${chromiumPath}.`,
    ),
  webgpu: async () => (findSoftwareDriver() === undefined ? 'No software Vulkan driver is here: Chromium brings SwiftShader.' : undefined),
  compiler: () => findCompiler().then(() => undefined, messageOf),
  redis: async () => (findServerProgram('redis-server') === undefined ? 'redis-server is not installed.' : undefined),
  postgres: async () => (findServerProgram('initdb') === undefined ? 'PostgreSQL (Debian: postgresql) is not installed.' : undefined),
  linux: async () => (process.platform === 'linux' ? undefined : `This is ${process.platform}, and boxes are paused on Linux.`),
} satisfies Record<string, () => Promise<string | undefined>>;

/** The start of the note of every test that was skipped for something missing; `missing-report.ts` reads it. */
export const missingNote = 'needs ';

export async function has(thing: Thing): Promise<boolean> {
  return (await reasons[thing]()) === undefined;
}

/** Skips a test where a thing is missing, with the reason. In strict mode (UNROLL_STRICT=1) that is an error: CI may skip nothing. */
export async function needs({ skip }: Pick<TestContext, 'skip'>, ...things: readonly Thing[]): Promise<void> {
  for (const thing of things) {
    const reason = await reasons[thing]();
    if (reason === undefined) continue;
    if (process.env['UNROLL_STRICT'] === '1') throw new Error(`strict mode, and this test ${missingNote}${thing}: ${reason}`);
    skip(`${missingNote}${thing}: ${reason}`);
  }
}
