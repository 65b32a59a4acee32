import { expect, test } from 'vitest';

import { compileProgram } from './program.ts';

test.for(['main', 'compiler', 'trial'] as const)('%s is one file, made once, that knows no test, oracle or solution', async (name) => {
  const program = await compileProgram(name);
  expect(await compileProgram(name)).toBe(program);
  expect(program).not.toMatch(/vitest|misconception|exercise\.yaml|solutions\//);
  const imported = Array.from(program.matchAll(/^(?:import|export) .*from "(.+)";$/gm), ([, from]) => from);
  expect(imported).toEqual(expect.not.arrayContaining([expect.stringMatching(/^\.|^#/)]));
  expect(imported).toContain({ main: 'node:net', compiler: 'esbuild', trial: 'node:net' }[name]);
});
