import { mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import type { Course } from '../course/course.ts';
import { chooseDevice } from '../device/probe.ts';
import { Desk, type Tools } from '../learn/desk.ts';
import { TypeChecker } from '../learn/type-check.ts';
import type { DeviceName } from '../result/device.ts';
import { Practice } from '../run/practice.ts';

/** Sets up a learner's desk on the wanted device, or the best of this machine. What its machinery says by itself goes to .unroll/watch.log. */
export async function setUpDesk(
  course: Course,
  { wanted, device: name, ...told }: Pick<Tools, 'onTrouble' | 'onKept'> & { wanted: string | undefined; device: DeviceName | undefined },
): Promise<Desk> {
  const device = await chooseDevice(name);
  const practice = await Practice.start(device, openLog(course.root));
  return new Desk({ course, device, practice, types: new TypeChecker(course.root), ...told }, wanted);
}

function openLog(root: string): Writable {
  const folder = join(root, '.unroll');
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, 'watch.log'), 'w');
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      writeSync(log, chunk);
      done();
    },
  });
}
