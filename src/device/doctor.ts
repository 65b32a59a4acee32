import type { DeviceReport } from '../result/device.ts';
import { messageOf } from '../errors.ts';
import { alignRows } from '../terminal/table.ts';
import { preferDevice } from './probe.ts';

/** What `unroll doctor` finds. */
export interface Diagnosis {
  readonly node: string;
  readonly devices: readonly DeviceReport[];
  readonly isolation: { readonly level: string; readonly reason: string };
}

/** The diagnosis on one screen: the device that will be used first, then all of them. */
export function renderDiagnosis({ node, devices, isolation }: Diagnosis): string {
  const rows = devices.flatMap(({ name, usable, kind, version, reason }) => [
    [name, usable ? `${kind} ${version ?? ''}`.trim() : 'no'],
    ['', reason],
  ]);
  const lines = alignRows(rows).map((line) => `  ${line}`);
  return [`Device: ${renderChoice(devices)}`, '', ...lines, '', `Node: ${node}`, `Isolation: ${isolation.level}. ${isolation.reason}`].join(
    '\n',
  );
}

function renderChoice(devices: readonly DeviceReport[]): string {
  try {
    const { name, reason } = preferDevice(devices);
    return `${name}. ${reason}`;
  } catch (error) {
    return `none. ${messageOf(error)}`;
  }
}
