import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

import type { DeviceName } from '../result/device.ts';
import { openDevice } from '../device/open.ts';
import { messageOf } from '../errors.ts';
import { Driver } from './driver.ts';
import type { Request } from '../wire/request.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { asFailure } from './failures.ts';
import { serve } from './serve.ts';
import { decodeFrame, encodeFrame, FrameReader, requestLimits, type Message } from '../wire/frame.ts';

// The program in the box: opens the device, then serves the grader's requests one after the other over file descriptor 3.
// It is compiled into one file (see compile/program.ts); no test, oracle or solution is in sight of it.

const [deviceName, workFolder] = process.argv.slice(2) as [DeviceName, string];
const leave = process.exit.bind(process); // taken, like the next, before any learner's code runs
const clear = rmSync.bind(undefined, workFolder, { recursive: true, force: true }); // behind a wall it is a mount and stays: nothing of it is on the disk
const channel = new Socket({ fd: 3, readable: true, writable: true });
for (const stream of [process.stdout, process.stderr]) waitForReader(stream);
Error.stackTraceLimit = 40; // TensorFlow.js lies some twenty calls deep, and the learner's line below it
const driver = new Driver(await openDevice(deviceName).catch(fail));
const reader = new FrameReader(requestLimits);
const waiting: Message[] = [];
let busy = false;

process.removeAllListeners('unhandledRejection'); // a device's library may have set one that throws
process.on('unhandledRejection', () => undefined); // a promise the learner forgot is no reason to lose the box; its pass stands by its answer
channel.on('close', () => {
  try {
    clear();
  } finally {
    leave(0);
  }
});
channel.on('data', (chunk) => {
  for (const body of reader.push(chunk)) waiting.push(decodeFrame(body));
  if (!busy) void serveAll();
});
send({ id: 0, ok: 1, value: { ...driver.report, usable: 1, version: driver.report.version ?? '' } });

/** The last line of what a box printed is what the grader says of a box that did not start. */
function fail(error: unknown): never {
  console.error(messageOf(error));
  return leave(1);
}

/** Lets a write wait until the grader has read: a flood in a loop would fill this process's memory otherwise, and never be seen. */
function waitForReader(stream: NodeJS.WriteStream): void {
  (stream as unknown as { _handle?: { setBlocking?(wait: boolean): void } })._handle?.setBlocking?.(true);
}

async function serveAll(): Promise<void> {
  busy = true;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { id, ...request } = next as unknown as Exclude<Request, { verb: 'compile' | 'unpack' }> & { id: number };
    try {
      send({ id, ok: 1, value: request.verb === 'enter' ? await enter(request.module, request.code) : await serve(driver, request) });
    } catch (thrown) {
      const failure = asFailure('pass' in request ? request.pass : request.verb, thrown);
      send({ id, ok: 0, cause: failure.failureCause, message: failure.message });
    }
  }
  busy = false;
}

async function enter(module: string, code: string): Promise<Message> {
  const file = `${workFolder}/${module.replaceAll('/', '.')}.mjs`; // beside node_modules, so that the learner's import of TensorFlow.js resolves
  await writeFile(file, code);
  try {
    const exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    driver.enter(module, { ...exports });
    return Object.keys(exports);
  } catch (thrown) {
    throw new SubjectFailure('does-not-load', `the file throws when it is imported: ${asFailure('the file', thrown).message}`, {
      cause: thrown,
    });
  }
}

function send(message: Message): void {
  for (const chunk of encodeFrame(message)) channel.write(chunk);
}
