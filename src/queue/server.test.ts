import { describe, expect, test } from 'vitest';

import { loadOptional, openServer } from './server.ts';

const nobodyThere = 1; // a port: no server listens there

describe('what cannot be a queue is told in one sentence, without a password', () => {
  test.for<[string, RegExp]>([
    ['localhost:6379', /^a queue is named by redis:\/\/HOST:PORT, valkey:/],
    ['mysql://localhost', /^a queue is named by/],
    [`redis://ada:very-secret@127.0.0.1:${nobodyThere}`, /^redis:\/\/ada@127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/],
    [
      `postgres://ada:very-secret@127.0.0.1:${nobodyThere}/db`,
      /^postgres:\/\/ada@127\.0\.0\.1:1\/db cannot be used as a queue: .*ECONNREFUSED/,
    ],
  ])('%s', async ([url, words]) => {
    const opened = openServer(url, () => undefined);
    await expect(opened).rejects.toThrow(words);
    await expect(opened).rejects.not.toThrow(/very-secret/);
  });
});

test('a package that is not installed is named, with what installs it', async () => {
  const missing = 'unroll-has-no-such-package';
  await expect(loadOptional(missing, () => import(missing))).rejects.toThrow(
    '`--queue` needs the package unroll-has-no-such-package, which is not installed; run `npm ci --include=optional` in the kit',
  );
});
