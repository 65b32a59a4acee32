import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { deviceNames, type DeviceName } from '../result/device.ts';
import { kindOf } from './webgpu.ts';
import { needs, thingsFor } from '../../test/support/needs.ts';

const typescript = new URL('../typescript.js', import.meta.url).href;

const run = promisify(execFile);
const open = fileURLToPath(new URL('./open.ts', import.meta.url));

/** What a whole process says that opens a device, computes, closes it and is then left to end by itself. */
async function useDevice(name: DeviceName): Promise<{ stdout: string; stderr: string }> {
  const script = `
    const { openDevice } = await import(${JSON.stringify(open)});
    const { tf, report, close } = await openDevice('${name}');
    const numbers = Array.from(await tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).data());
    await close();
    console.log(JSON.stringify({ numbers, backend: tf.getBackend(), names: Object.keys(tf).length, ...report }));`;
  return run(process.execPath, ['--import', typescript, '--input-type=module', '-e', script], {
    timeout: 30_000 /* ms; SwiftShader takes 3 s, and an exit that hangs is a failure */,
  });
}

describe('openDevice', () => {
  test.for(deviceNames.filter((name) => name !== 'webgpu'))(
    '%s computes, says nothing else and lets the process end',
    { timeout: 40_000 },
    async (name, context) => {
      await needs(context, ...thingsFor(name));
      const { stdout, stderr } = await useDevice(name);
      expect(JSON.parse(stdout)).toMatchObject({ numbers: [19, 22, 43, 50], backend: name, name, usable: true, kind: 'cpu' });
      expect(stderr).toBe('');
    },
  );

  test('tensorflow tells the version of the C library, not of the npm package', async (context) => {
    await needs(context, 'tensorflow');
    expect(JSON.parse((await useDevice('tensorflow')).stdout)).toMatchObject({ version: '2.21.0' });
  }, 40_000);

  test('webgpu on SwiftShader computes, is called software, and lets the process end', async (context) => {
    await needs(context, 'webgpu');
    const { stdout, stderr } = await useDevice('webgpu');
    expect(JSON.parse(stdout)).toMatchObject({ numbers: [19, 22, 43, 50], backend: 'webgpu', kind: 'software' });
    expect(stderr).toBe('');
  }, 40_000);
});

describe('kindOf', () => {
  const info = { vendor: 'nvidia', architecture: 'hopper', description: 'NVIDIA H100' };

  test('a card is a gpu', () => {
    expect(kindOf(info)).toBe('gpu');
  });

  test.for([
    { ...info, isFallbackAdapter: true },
    { vendor: 'google', architecture: 'swiftshader', description: '' },
    { vendor: 'mesa', architecture: '', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' },
  ])('%o is software', (software) => {
    expect(kindOf(software)).toBe('software');
  });
});
