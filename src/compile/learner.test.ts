import { describe, expect, test } from 'vitest';

import { compileLearner } from './learner.ts';

const bundle = (text: string, others: Record<string, string> = {}) =>
  compileLearner('elman.ts', new Map(Object.entries({ 'elman.ts': text, ...others })));
const refused = (message: string) => ({ name: 'SubjectFailure', failureCause: 'does-not-load', message: expect.stringContaining(message) });

describe('a learner’s file', () => {
  test('becomes plain JavaScript that leaves TensorFlow.js outside', async () => {
    const code = await bundle("import * as tf from '@tensorflow/tfjs';\nexport const f = (x: tf.Tensor): tf.Tensor => tf.neg(x);");
    expect(code).toMatch(/import \* as tf from "\.\/box\.mjs"/);
    expect(code).not.toContain(': tf.Tensor');
  });

  test.for(["'./cell.ts'", "'./cell'"])('takes its neighbour by %s', async (name) => {
    expect(await bundle(`export { cell } from ${name};`, { 'cell.ts': 'export const cell = 4711;' })).toContain('4711');
  });

  test('takes its neighbour by import() with a plain name', async () => {
    expect(await bundle("export const f = () => import('./cell.ts');", { 'cell.ts': 'export const cell = 4711;' })).toContain('4711');
  });

  test('takes its neighbour by a name that holds quotes', async () => {
    const name = 'a\'`".ts';
    expect(
      await bundle(`export const f = () => import(${JSON.stringify(`./${name}`)});`, { [name]: 'export const cell = 4711;' }),
    ).toContain('4711');
  });

  test('is only read, never run', async () => {
    await bundle("globalThis['unrollWasHere' as never] = 1 as never; throw new Error('run');");
    expect(globalThis).not.toHaveProperty('unrollWasHere');
  });

  test('shows its own lines in errors', async () => {
    const code = await bundle('export const f = 1;');
    const [, map = ''] = code.split('sourceMappingURL=data:application/json;base64,');
    expect(JSON.parse(Buffer.from(map, 'base64').toString())).toMatchObject({ sources: [expect.stringContaining('elman.ts')] });
  });
});

describe('what is not the learner’s own is refused', () => {
  test.for([
    'node:fs',
    'fs',
    '#authoring',
    'vitest',
    '@tensorflow/tfjs-node',
    './oracle.ts',
    '../../solutions/15-associative-scan/associative-scan.ts',
    './package.json',
    'https://example.org/x.js',
    'data:text/javascript,1',
  ])('import of %s', async (name) => {
    for (const text of [
      `import '${name}';`,
      `export * from '${name}';`,
      `export const f = () => import('${name}');`,
      `require('${name}');`,
    ])
      await expect(bundle(text)).rejects.toMatchObject(refused(`it imports ${JSON.stringify(name)}`));
  });

  // esbuild searches the disk for every file that such a name could mean, from the folder in which the grader stands.
  test.for([
    'import(`./solutions/15-associative-scan/${x}.ts`)',
    "import('./solutions/15-associative-scan/' + x + '.ts')",
    "import(/* @vite-ignore */ './src/' + x)",
    "require('./solutions/15-associative-scan/' + x + '.ts')",
    'r\\u0065quire(`./${x}.json`)',
    'import(x)',
    'import("./x\'`\\",/../node_modules/esbuild/lib/" + x + ".js")', // a quote behind a stroke ends no name
    'import("./x\'`\\\\\\",/../package" + x)',
    'import("./x\'`\\",/../package" + x, { with: { type: "json" } })',
    'require("./x\'`\\",/../package" + x)',
  ])('%s, a computed name', async (expression) => {
    await expect(bundle(`export const f = (x: string) => ${expression};`)).rejects.toMatchObject(refused('computed name'));
    await expect(
      bundle("export * from './cell.ts';", { 'cell.ts': `export const f = (x: string) => ${expression};` }),
    ).rejects.toMatchObject(refused('cell.ts imports by a computed name'));
  });

  test.for(['require?.("./package" + x)', 'require.resolve("./package" + x)', '(0, require)("./package" + x)'])(
    '%s brings nothing of the disk along',
    async (expression) => {
      expect(await bundle(`export const f = (x: string) => ${expression};`)).not.toContain('"dependencies"');
    },
  );
});

test('a file that does not compile says on which line', async () => {
  await expect(bundle('export const a = 1;\nexport function (')).rejects.toMatchObject(refused('line 2 of elman.ts: '));
});
