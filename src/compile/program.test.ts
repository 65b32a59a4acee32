import { expect, test } from 'vitest';

import { compileProgram } from './program.ts';

test.for(['tensorflow', 'webgpu', 'wasm', 'cpu', 'compiler', 'unpack', 'trial'] as const)(
  '%s is one file, made once, that knows no test, oracle or solution',
  async (name) => {
    const program = await compileProgram(name);
    expect(await compileProgram(name)).toBe(program);
    expect(program).not.toMatch(/vitest|misconception|exercise\.yaml|solutions\//);
    const imported = Array.from(program.matchAll(/^(?:import|export) .*from "(.+)";$/gm), ([, from]) => from);
    expect(imported).toEqual(expect.not.arrayContaining([expect.stringMatching(/^\.|^#|^@tensorflow/)]));
    expect(imported).toContain(name === 'compiler' ? 'esbuild' : 'node:net');
  },
);

test.for(['tensorflow', 'webgpu', 'wasm', 'cpu'] as const)(
  'the driver of %s exports what the package of TensorFlow.js does',
  async (name) => {
    const exported = new Set(Array.from((await compileProgram(name)).matchAll(/^ {2}(?:\S+ as )?(\w+),?$/gm), ([, as]) => as));
    const package_ = Object.keys(await import('@tensorflow/tfjs'));
    expect(package_.filter((word) => !exported.has(word) && word !== '__esModule' && word !== 'module.exports')).toEqual([]);
  },
);
