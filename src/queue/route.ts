import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

import canonicalize from 'canonicalize';

import type { Level } from '../box/levels.ts';
import { readCourse } from '../course/course.ts';
import { versionOf } from '../course/version.ts';
import { classOf, type DeviceReport } from '../result/device.ts';
import type { Envelope } from '../seal/envelope.ts';
import { circumstancesOf, machineName } from '../store/question.ts';
import { kitVersion } from '../version.ts';
import type { Presence } from './packets.ts';

/** The two kinds of work: checks, many at once, and races, one after the other. */
export type Kind = 'checks' | 'races';

/** Who this process is to those at the other end of the queue. */
export function describePresence(device: DeviceReport, level: Level, envelope: Envelope | undefined): Presence {
  const { device: of, ...rest } = circumstancesOf(device, level);
  const versions = readCourse().exercises.map((exercise) => [exercise.id, versionOf(exercise)]);
  return {
    schema: 'unroll/presence/v1',
    host: hostname(),
    version: kitVersion,
    ...rest,
    course: sha256(JSON.stringify(versions)),
    device: [...of],
    key: envelope?.name ?? null,
    machine: machineName(),
  };
}

/** The device class, in the words of thresholds where it has any. */
export function className({ device: [name, kind] }: Pick<Presence, 'device'>): string {
  return classOf({ name: name as DeviceReport['name'], kind: kind as DeviceReport['kind'] }) ?? `${name}-${kind}`;
}

/** The queue of one kind of work: whoever is unlike in what could change an answer has another one. */
export function queueName(presence: Presence, kind: Kind): string {
  const { host: _host, version: _version, machine, ...alike } = presence;
  const what = { ...alike, ...(kind === 'races' ? { machine } : {}) };
  return `unroll-${className(presence)}-${kind}-${sha256(canonicalize(what) ?? '').slice(0, 16)}`;
}

/** Why two do not work together, in words; undefined where they do. */
export function unlike(mine: Presence, other: Presence): string | undefined {
  const ways: [boolean, string][] = [
    [className(mine) !== className(other), `the device ${className(other)}, not ${className(mine)}`],
    [mine.device[2] !== other.device[2], `version ${other.device[2]} of the device, not ${mine.device[2]}`],
    [mine.kit !== other.kit || mine.course !== other.course, `another kit (${showKit(other)}, not ${showKit(mine)})`],
    [mine.node !== other.node, `Node ${other.node}, not ${mine.node}`],
    [mine.level !== other.level, `isolation ${other.level}, not ${mine.level}`],
    [mine.key !== other.key, `${showKey(other)}, not ${showKey(mine)}`],
  ];
  return ways.find(([isSo]) => isSo)?.[1];
}

const showKit = ({ version, kit, course }: Presence) => `${version} ${kit.slice(0, 6)}.${course.slice(0, 6)}`;
const showKey = ({ key }: Presence) => (key === null ? 'no worker key' : `the worker key ${key}`);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
