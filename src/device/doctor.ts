import type { DeviceReport } from '../result/device.ts';
import { messageOf } from '../errors.ts';
import { preferDevice } from './probe.ts';

/** What `unroll doctor` finds. */
export interface Diagnosis {
  readonly node: string;
  readonly devices: readonly DeviceReport[];
  readonly isolation: { readonly level: string; readonly reason: string };
}

/** The diagnosis on one screen: the device that will be used first, then all of them. */
export function drawDiagnosis({ node, devices, isolation }: Diagnosis): string {
  const rows = devices.map(({ name, usable, kind, version, reason }) => {
    const state = usable ? `${kind} ${version ?? ''}`.trim() : 'no';
    return `  ${name.padEnd(12)}${state}\n${''.padEnd(14)}${reason}`;
  });
  return [`Device: ${drawChoice(devices)}`, '', ...rows, '', `Node: ${node}`, `Isolation: ${isolation.level}. ${isolation.reason}`].join(
    '\n',
  );
}

function drawChoice(devices: readonly DeviceReport[]): string {
  try {
    const { name, reason } = preferDevice(devices);
    return `${name}. ${reason}`;
  } catch (error) {
    return `none. ${messageOf(error)}`;
  }
}
