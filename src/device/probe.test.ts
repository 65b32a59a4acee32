import { afterEach, describe, expect, test, vi } from 'vitest';

import { UserError } from '../errors.ts';
import type { DeviceReport } from '../result/device.ts';
import { has, needs } from '../../test/support/needs.ts';
import { chooseDevice, preferDevice, probeDevice, probeDevices } from './probe.ts';

afterEach(() => vi.unstubAllEnvs());

const report = (facts: Partial<DeviceReport>): DeviceReport => ({
  name: 'cpu',
  usable: true,
  kind: 'cpu',
  version: null,
  reason: '',
  ...facts,
});

describe('probeDevice', () => {
  test('tries each device for real', async () => {
    const reports = await probeDevices();
    expect(reports.map(({ name }) => name)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu']);
    const there = (await has('tensorflow')) ? ['tensorflow', 'wasm', 'cpu'] : ['wasm', 'cpu'];
    expect(reports.filter(({ usable }) => usable).map(({ name }) => name)).toEqual(expect.arrayContaining(there));
  }, 70_000);

  test('a device that gives no answer in time is not usable, with the reason', async () => {
    expect(await probeDevice('tensorflow', 1)).toMatchObject({
      usable: false,
      reason: expect.stringContaining('gave no answer in 0.001 s'),
    });
  });

  test('a process that dies is a reason, not an exception', async () => {
    vi.stubEnv('NODE_OPTIONS', '--no-such-option');
    expect(await probeDevice('cpu')).toMatchObject({
      usable: false,
      reason: expect.stringMatching(/ended with code \d+: .*no-such-option/),
    });
  });

  test('without an adapter webgpu says what to do', async () => {
    vi.stubEnv('VK_ICD_FILENAMES', '/nowhere.json');
    expect(await probeDevice('webgpu')).toMatchObject({ usable: false, reason: expect.stringContaining('install a Vulkan driver') });
  }, 70_000);
});

describe('chooseDevice', () => {
  test('believes the stamp of setup and tries nothing', async (context) => {
    await needs(context, 'tensorflow');
    vi.stubEnv('NODE_OPTIONS', '--no-such-option'); // a process that was started to try the device would die of it
    expect(await chooseDevice()).toMatchObject({ name: 'tensorflow', usable: true, version: '2.21.0' });
    expect((await probeDevice('tensorflow')).usable).toBe(false);
  });

  test('gives the wanted device', async () => {
    expect(await chooseDevice('wasm')).toMatchObject({ name: 'wasm', usable: true, version: '4.22.0' });
  });

  test("a wanted device that cannot be used is the user's to mend", async () => {
    vi.stubEnv('VK_ICD_FILENAMES', '/nowhere.json');
    await expect(chooseDevice('webgpu')).rejects.toThrow(UserError);
  }, 70_000);
});

describe('preferDevice', () => {
  test('passes over software that plays GPU', () => {
    const devices = [report({ name: 'tensorflow', usable: false }), report({ name: 'webgpu', kind: 'software' }), report({ name: 'wasm' })];
    expect(preferDevice(devices).name).toBe('wasm');
  });

  test('takes a real GPU before wasm', () => {
    const devices = [report({ name: 'tensorflow', usable: false }), report({ name: 'webgpu', kind: 'gpu' }), report({ name: 'wasm' })];
    expect(preferDevice(devices).name).toBe('webgpu');
  });
});
