import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type Plugin } from 'esbuild';

import type { DeviceName } from '../result/device.ts';
import { common } from './learner.ts';

/** The programs of the box beside the drivers: the compiler, the reader of archives, and the trial of the wall. */
const helpers = ['compiler', 'unpack', 'trial'] as const;
type Helper = (typeof helpers)[number];

/** The driver of a device, and the other programs that run in a box. */
export type Program = DeviceName | Helper;

const programs = new Map<Program, Promise<string>>();

/** A program of the box as one file; made once per process. */
export function compileProgram(name: Program): Promise<string> {
  const made = programs.get(name) ?? (isHelper(name) ? bundleHelper(name) : bundleDriver(name));
  programs.set(name, made);
  return made;
}

const isHelper = (name: Program): name is Helper => helpers.some((helper) => helper === name);
const fileOf = (name: string) => fileURLToPath(new URL(`../driver/${name}.ts`, import.meta.url));

async function bundleHelper(name: Helper): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileOf(name)],
    ...common,
    plugins: [staysOutside(/^esbuild$/)],
    banner: { js: commonJsNames },
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * The driver with TensorFlow.js and the packages of one device in the same file, which opens in half the time that Node takes to find and read
 * them one by one. What it exports is TensorFlow.js: a learner's module imports it from there.
 */
async function bundleDriver(device: DeviceName): Promise<string> {
  const contents = `import './main.ts'; export * from '@tensorflow/tfjs'; import * as tf from '@tensorflow/tfjs'; export default tf;`;
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: fileURLToPath(new URL('../driver', import.meta.url)), loader: 'ts' },
    banner: { js: commonJsNames },
    plugins: [staysOutside(/^webgpu$/), nodeBinding, wholeFiles(device)],
  });
  return outputFiles[0]?.text ?? '';
}

/** What the parts of TensorFlow.js that are CommonJS take for granted. */
const commonJsNames = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`;

const staysOutside = (name: RegExp): Plugin => ({
  name: 'stays-outside',
  setup: (bundle) => bundle.onResolve({ filter: name }, ({ path }) => ({ path, external: true })),
});

/** Takes each package of TensorFlow.js as the one module that it ships of all its files, and leaves those of other devices out: they are never asked for. */
const wholeFiles = (device: DeviceName): Plugin => ({
  name: 'whole-files',
  setup(bundle) {
    const { resolve } = createRequire(import.meta.url);
    const whole = (name: string, file: string) => ({ path: join(dirname(resolve(`@tensorflow/${name}/package.json`)), 'dist', file) });
    bundle.onResolve({ filter: /^@tensorflow\/tfjs(-core)?$/ }, () => whole('tfjs', 'tf.fesm.js'));
    bundle.onResolve({ filter: /^@tensorflow\/tfjs-backend-(wasm|webgpu)$/ }, ({ path }) =>
      path.endsWith(device) ? whole(`tfjs-backend-${device}`, `tf-backend-${device}.fesm.js`) : { path, external: true },
    );
    if (device !== 'tensorflow') bundle.onResolve({ filter: /^@tensorflow\/tfjs-node-gpu$/ }, ({ path }) => ({ path, external: true }));
  },
});

/**
 * tfjs-node-gpu finds its addon with a package that reads the disk for it, and calls the class that it extends as a function, which the modules of
 * TensorFlow.js do not allow.
 */
const nodeBinding: Plugin = {
  name: 'node-binding',
  setup(bundle) {
    bundle.onResolve({ filter: /^@mapbox\/node-pre-gyp$/ }, () => ({ path: 'finder', namespace: 'binding' }));
    bundle.onResolve({ filter: /^@tensorflow\/tfjs$/ }, ({ importer }) =>
      /[\\/]tfjs-node-gpu[\\/]/.test(importer) ? { path: 'tensors', namespace: 'binding' } : undefined,
    );
    bundle.onLoad({ filter: /^finder$/, namespace: 'binding' }, () => ({
      contents: `exports.find = () => __dirname + '/node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node';`,
    }));
    bundle.onLoad({ filter: /^tensors$/, namespace: 'binding' }, () => ({
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      contents: `const tf = require('@tensorflow/tfjs');
        function KernelBackend() { return Reflect.construct(tf.KernelBackend, [], this.constructor); }
        KernelBackend.prototype = tf.KernelBackend.prototype;
        module.exports = Object.create(tf, { KernelBackend: { value: KernelBackend, enumerable: true } });`,
    }));
  },
};
