import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

const patienceMs = 30_000; // a pass of the course takes well under a second in learning

// Runs in a thread of its own, which a loop in the main thread cannot stop. `deadline` is a time in seconds, or 0 while nothing runs, and how long that was.
const program = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  const deadline = Atomics.load(workerData.deadline, 0);
  if (deadline === 0 || Date.now() / 1000 < deadline) return;
  require('node:fs').writeSync(2, '\\nA pass has not returned for ' + Atomics.load(workerData.deadline, 1) + ' s: does a loop never end? This run is stopped here.\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500); // ms: half a second is not noticed after thirty
`;

/** Ends this process when a learner's synchronous loop never ends: vitest's own time limit cannot, because it waits in the same thread. */
export class Watchdog {
  readonly #deadline = new Int32Array(new SharedArrayBuffer(8)); // seconds since 1970 fit until 2038
  readonly #patienceMs: number;

  constructor(limitMs = patienceMs) {
    this.#patienceMs = limitMs;
    const worker = new Worker(program, { eval: true, execArgv: [], workerData: { deadline: this.#deadline } });
    worker.unref();
  }

  /** Runs something under watch; not while a debugger is attached, for a breakpoint is no loop. */
  async watch<T>(run: () => Promise<T>, limitMs = this.#patienceMs): Promise<T> {
    if (inspector.url() !== undefined) return run();
    const patienceMs = Math.max(limitMs, this.#patienceMs);
    Atomics.store(this.#deadline, 1, Math.ceil(patienceMs / 1000));
    Atomics.store(this.#deadline, 0, Math.ceil((Date.now() + patienceMs) / 1000));
    try {
      return await run();
    } finally {
      Atomics.store(this.#deadline, 0, 0);
    }
  }
}
