import { afterEach, expect, test } from 'vitest';

import type { DeviceReport } from '../result/device.ts';
import { BoxKeeper } from './keeper.ts';
import { BoxedSubject } from './boxed-subject.ts';
import { compileProgram } from '../compile/program.ts';
import { describeIsolation } from './isolation.ts';
import { needs } from '../../test/support/needs.ts';
import { usualLimits, type Limits } from './limits.ts';
import type { SubjectFailure } from '../wire/subject.ts';
import { HostTensor } from '../wire/tensor.ts';

const cpu: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: null, reason: 'a test' };
const x = new HostTensor([2], 'float32', Float32Array.of(1, 2));
let keeper: BoxKeeper;
afterEach(() => keeper.close());

/** Subjects by the code of their modules: strangers to each other, or sharing one box. */
async function openSubjects(
  codes: Record<string, string>,
  limits: Partial<Limits> = {},
  strangers = true,
): Promise<Record<string, BoxedSubject>> {
  const program = await compileProgram('cpu');
  const config = { device: 'cpu' as const, level: (await describeIsolation()).level, limits: { ...usualLimits, ...limits }, program };
  keeper = new BoxKeeper(config, strangers ? Object.keys(codes).length : undefined);
  return Object.fromEntries(Object.entries(codes).map(([key, code]) => [key, new BoxedSubject(cpu, keeper, { key, code })]));
}

const honest = 'export const f = ({ x }) => x.square();';
const square = new HostTensor([2], 'float32', Float32Array.of(1, 4));

test('what one exercise leaves running costs the next nothing at its import', async () => {
  const leaves = 'export const f = ({ x }) => { setImmediate(() => process.exit(0)); return x.square(); };';
  const { a, b } = await openSubjects({ a: leaves, b: honest });
  expect(await a?.call('f', { x })).toEqual(square);
  expect(await b?.call('f', { x })).toEqual(square);
});

test('a stranger finds nothing that another has touched, and those who share a box do', async () => {
  const spoils = `Object.prototype.spoiled = 1; process.chdir('/tmp'); globalThis.spoiled = 1;
    export const f = ({ x }) => x.square();`;
  const looks = 'export const f = () => Number("spoiled" in {}) + Number("spoiled" in globalThis) + Number(process.cwd() === "/tmp");';
  for (const strangers of [true, false]) {
    const { a, b, c } = await openSubjects({ a: spoils, b: looks, c: looks }, {}, strangers);
    expect(await a?.call('f', { x })).toEqual(square);
    expect(await b?.call('f', {})).toBe(strangers ? 0 : 3);
    expect(await c?.call('f', {})).toBe(strangers ? 0 : 3);
    await keeper.close();
  }
});

test('a module whose import ends the box is blamed for good', async () => {
  const { a, b } = await openSubjects({ a: 'process.exit(0);', b: honest });
  for (let check = 0; check < 2; check++)
    await expect(a?.call('f', { x })).rejects.toMatchObject({
      failureCause: 'exited',
      message: expect.stringMatching(/^while the file was imported: /),
    });
  expect(await b?.call('f', { x })).toEqual(square);
});

test('a pass that kills its box is asked again in a new one', async () => {
  const { a } = await openSubjects({ a: 'let calls = 0; export const f = ({ x, die }) => (die ? process.exit(0) : x.square());' });
  await expect(a?.call('f', { x, die: 1 })).rejects.toMatchObject({ failureCause: 'exited' });
  expect(await a?.call('f', { x, die: 0 })).toEqual(square);
});

test('an exercise that asks for more time has it, and the others have no more than usual', async () => {
  const slow = 'export const f = ({ x }) => new Promise((resolve) => setTimeout(() => resolve(x.square()), 400));';
  const { a } = await openSubjects({ a: slow }, { exerciseMs: 300, requestMs: 200 });
  const patient = new BoxedSubject(cpu, keeper, { key: 'b', code: slow }, { exerciseMs: 20_000, requestMs: 10_000 });
  await expect(a?.call('f', { x })).rejects.toMatchObject({ failureCause: 'timeout' });
  expect(await patient.call('f', { x })).toEqual(square);
});

test('a paused box stands still, its children too, and goes on when resumed', async (context) => {
  await needs(context, 'linux');
  const { a } = await openSubjects({ a: 'let ticks = 0; setInterval(() => ticks++, 1); export const f = ({ x }) => x.add(ticks);' });
  const ticks = async () => ((await a!.call('f', { x })) as HostTensor).data[0] ?? 0;
  const before = await ticks();
  await a?.pause();
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 1500)); // ms: some hundred ticks, were it awake
  const sleptMs = performance.now() - start;
  await a?.resume();
  expect((await ticks()) - before).toBeLessThan(sleptMs / 4);
});

test('resident memory of the box is that of a Node with a device, and grows with what is kept alone', async (context) => {
  await needs(context, 'linux');
  const { a } = await openSubjects({
    a: `const kept = [];
        const fill = (size) => new Float64Array(size).fill(1);
        export const keeps = ({ x }) => { kept.push(fill(1e7)); return x.square(); };
        export const drops = ({ x }) => { for (let i = 0; i < 10; i++) fill(1e5); return x.square(); };`,
  });
  const grown = async (pass: string, calls: number) => {
    await a!.call(pass, { x });
    const before = await a!.memory();
    expect(before.residentBytes).toBeGreaterThan(50e6);
    for (let call = 0; call < calls; call++) await a!.call(pass, { x });
    const after = await a!.memory();
    return [after.residentBytes - before.residentBytes, after.reachableBytes - before.reachableBytes];
  };
  for (const bytes of await grown('keeps', 3)) expect(bytes).toBeGreaterThan(180e6); // 240 MB were touched
  for (const bytes of await grown('drops', 9)) expect(bytes).toBeLessThan(24e6); // 72 MB were touched, which V8 lets lie; of one call 8 MB may stay resident
});

test('the time of an exercise is spent by its own requests, and the others have theirs', async () => {
  const { a, b } = await openSubjects(
    { a: 'export const f = ({ x }) => new Promise((resolve) => setTimeout(() => resolve(x.square()), 110));', b: honest },
    { exerciseMs: 300, requestMs: 200 },
  );
  const causes: unknown[] = [];
  for (let check = 0; check < 4; check++) await a?.call('f', { x }).catch((error: Error) => causes.push(error.message));
  expect(causes.at(-1)).toBe('the 0.3 s for this exercise were spent by earlier checks');
  expect(await b?.call('f', { x })).toEqual(square);
});

test('the second death of one kind ends an exercise, and the next exercise goes on', async () => {
  const { a, b } = await openSubjects(
    {
      a: `export const loops = () => { for (;;); };
        export const exits = () => process.exit(0);
        export const f = ({ x }) => x.square();`,
      b: honest,
    },
    { requestMs: 300 },
  );
  const cause = (pass: string) =>
    a?.call(pass, { x }).then(
      () => 'none',
      ({ failureCause }: SubjectFailure) => failureCause,
    );
  expect(await cause('exits')).toBe('exited');
  expect(await cause('loops')).toBe('timeout');
  expect(await cause('f')).toBe('none');
  expect(await cause('loops')).toBe('timeout');
  await expect(a?.call('f', { x })).rejects.toMatchObject({
    failureCause: 'timeout',
    message: expect.stringContaining('for the second time'),
  });
  expect(await b?.call('f', { x })).toEqual(square);
});
