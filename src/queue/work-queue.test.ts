import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeEach, describe, expect, test, type TestContext } from 'vitest';

import { needs } from '../../test/support/needs.ts';
import { serverKinds, startServer, type TestServer } from '../../test/support/servers.ts';
import type { CheckRecord } from '../run/check-record.ts';
import { JudgesGone } from '../judge/pool.ts';
import { Packets, type Answer } from './packets.ts';
import { openServer, type Server } from './server.ts';
import { BullWorkQueue, type Offer } from './work-queue.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.toReversed()) await one.close();
  opened.length = 0;
});
const machines = new Map<string, Promise<TestServer>>();
afterAll(async () => {
  for (const machine of machines.values()) await (await machine).remove();
});

let nth = 0;
beforeEach(() => void nth++);

/** One end of a queue of this test's own, with a connection of its own. */
async function openEnd(url: string): Promise<{ server: Server; packets: Packets; queue: BullWorkQueue }> {
  const server = await openServer(url, () => undefined);
  const packets = new Packets(server.shelf, undefined);
  const name = `unroll-test-${nth}`;
  const queue = new BullWorkQueue(server, packets, (kind) => `${name}-${kind}`);
  opened.push(server, queue);
  return { server, packets, queue };
}

const offerOf = (key: string, alone = false): Offer => ({
  key,
  packet: {
    schema: 'unroll/question/v1',
    exercise: '01-a',
    alone,
    files: { key: '01-a', entry: 'a.ts', files: { 'a.ts': `// ${key}` } },
    seed: 's',
  },
});

const answerTo = (key: string, status: 'pass' | 'ungraded' = 'pass', message = ''): Answer => {
  const outcome =
    message !== ''
      ? ({ status: 'fail', cause: 'wrong-value', message } as const)
      : status === 'pass'
        ? ({ status } as const)
        : { status: 'ungraded' as const, reason: 'no' };
  const record: CheckRecord = {
    exercise: '01-a',
    variant: 'submission',
    check: 'values',
    evidence: { outcome, durationMs: 1 },
    applies: true,
    printed: '',
  };
  return { schema: 'unroll/answer/v1', key, records: [record], errors: [] };
};

/** A server for all tests of this file, where it can be had. */
async function startFor(context: TestContext, kind: (typeof serverKinds)[number]): Promise<string> {
  await needs(context, kind);
  const machine = machines.get(kind) ?? startServer(kind);
  machines.set(kind, machine);
  return (await machine).url;
}

describe.each(serverKinds)('a queue on %s', (kind) => {
  test('what is offered twice, by two graders, is taken once, and both hear the answer', async (context) => {
    const url = await startFor(context, kind);
    const [one, other, worker] = [await openEnd(url), await openEnd(url), await openEnd(url)];
    const keys = Array.from({ length: 20 }, (_, at) => `key${at}`);
    for (const key of keys) await Promise.all([one.queue.offer(offerOf(key)), other.queue.offer(offerOf(key))]);
    const taken: string[] = [];
    worker.queue.take('checks', 3, async (key, { files }) => {
      taken.push(`${key} ${files.files['a.ts']}`);
      await worker.queue.settle(answerTo(key));
    });
    const heard = await Promise.all([one, other].flatMap(({ queue }) => keys.map((key) => queue.watch(offerOf(key)))));
    expect(heard.map(({ key }) => key)).toEqual([...keys, ...keys]);
    expect(taken.toSorted()).toEqual(keys.map((key) => `${key} // ${key}`).toSorted());
  });

  test('what has an answer is not answered again when it is delivered again; asked again it is', async (context) => {
    const url = await startFor(context, kind);
    const [grader, worker] = [await openEnd(url), await openEnd(url)];
    let taken = 0;
    worker.queue.take('checks', 1, async (key) => {
      taken++;
      await worker.queue.settle(answerTo(key));
    });
    for (const again of [false, false, true]) {
      const offer = { ...offerOf('twice'), again };
      await grader.queue.offer(offer);
      await grader.queue.watch(offer);
      await delay(500); // ms: the second delivery has time to be taken
    }
    expect(taken).toBe(2);
  });

  test('of two answers the first one counts, and one that does not agree is an error', async (context) => {
    const { queue, packets } = await openEnd(await startFor(context, kind));
    await queue.settle(answerTo('same'));
    await queue.settle(answerTo('same'));
    await queue.settle(answerTo('open', 'ungraded')); // the kit could not tell: no disagreement
    await queue.settle(answerTo('open'));
    await queue.settle(answerTo('other'));
    await expect(queue.settle(answerTo('other', 'pass', 'no'))).rejects.toThrow(
      /two workers do not agree: one says values: pass, the other values: fail/,
    );
    const known = await packets.answers(['same', 'open', 'other']);
    expect([known.get('same'), known.get('open')]).toEqual([answerTo('same'), answerTo('open', 'ungraded')]);
    expect(known.get('other')).toMatchObject({ records: [], errors: [expect.stringContaining('do not agree')] });
  });

  test('what a worker breaks at is told to who waits, and offered anew it is tried again', async (context) => {
    const url = await startFor(context, kind);
    const [grader, worker] = [await openEnd(url), await openEnd(url)];
    let taken = 0;
    worker.queue.take('checks', 1, async (key) => {
      if (++taken === 1) throw new Error('the worker is odd');
      await worker.queue.settle(answerTo(key));
    });
    const ask = async () => {
      await grader.queue.offer(offerOf('broken'));
      return grader.queue.watch(offerOf('broken'));
    };
    expect(await ask()).toMatchObject({ records: [], errors: ['the workers could not answer: the worker is odd'] });
    expect(await ask()).toEqual(answerTo('broken'));
  });

  test('what a worker was at when it was ended goes to another at once', async (context) => {
    const url = await startFor(context, kind);
    const [grader, ending, other] = [await openEnd(url), await openEnd(url), await openEnd(url)];
    const begun = new Promise<() => void>((begins) =>
      ending.queue.take('checks', 1, () => new Promise((_done, fail) => begins(() => fail(new JudgesGone('ended'))))),
    );
    await grader.queue.offer(offerOf('ended'));
    const heard = grader.queue.watch(offerOf('ended'));
    const end = await begun;
    const closed = ending.queue.close();
    end();
    await closed;
    const start = performance.now();
    other.queue.take('checks', 1, (key) => other.queue.settle(answerTo(key)));
    expect(await heard).toEqual(answerTo('ended'));
    expect(performance.now() - start).toBeLessThan(10_000); // ms: a worker that is lost is waited for 15 s
  });

  test('what the server has lost is offered again', async (context) => {
    const url = await startFor(context, kind);
    const [grader, worker] = [await openEnd(url), await openEnd(url)];
    await grader.queue.offer(offerOf('lost'));
    await grader.server.shelf.remove('question/lost');
    const heard = grader.queue.watch(offerOf('lost'));
    worker.queue.take('checks', 1, (key) => worker.queue.settle(answerTo(key)));
    expect(await heard).toEqual(answerTo('lost'));
  });

  test('races are one at a time, whatever the number of workers', async (context) => {
    const url = await startFor(context, kind);
    const [grader, ...workers] = [await openEnd(url), await openEnd(url), await openEnd(url)];
    let [atOnce, most] = [0, 0];
    const offers = Array.from({ length: 6 }, (_, at) => offerOf(`race${at}`, true));
    for (const offer of offers) await grader.queue.offer(offer);
    for (const { queue } of workers)
      queue.take('races', 1, async (key) => {
        most = Math.max(most, ++atOnce);
        await delay(50);
        atOnce--;
        await queue.settle(answerTo(key));
      });
    await Promise.all(offers.map((offer) => grader.queue.watch(offer)));
    expect(most).toBe(1);
  });

  test('names with an end are forgotten, and a list has those that begin so', async (context) => {
    const { server } = await openEnd(await startFor(context, kind));
    const { shelf } = server;
    expect(await shelf.put('a/1', Buffer.from([0, 255]), { seconds: 1, first: true })).toBe(true);
    expect(await shelf.put('a/1', Buffer.from([1]), { seconds: 1, first: true })).toBe(false);
    await shelf.put('b/1', Buffer.from([2]), { seconds: 60 });
    expect([...(await shelf.list('a/'))]).toEqual([['a/1', Buffer.from([0, 255])]]);
    await delay(1100);
    expect([...(await shelf.get(['a/1', 'b/1', 'c'])).keys()]).toEqual(['b/1']);
    expect(await shelf.put('a/1', Buffer.from([1]), { seconds: 60, first: true })).toBe(true);
  });
});
