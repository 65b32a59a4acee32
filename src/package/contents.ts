import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

/** Packages of the kit that a machine with a GPU and without a network has no use for; some are only ever needed by others of this list. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  'the TensorFlow device: its library is not part of the bundle, WebGPU is': [
    ...['@tensorflow/tfjs-node-gpu', '@mapbox/node-pre-gyp', 'google-protobuf', 'node-api-headers', 'adm-zip', 'rimraf', 'progress'],
  ],
  'types, which nothing reads at run time': ['@types', '@webgpu/types', 'undici-types', 'vega-typings', '@oxc-project'],
  "browsers' polyfills": ['core-js', 'regenerator-runtime'],
  'coverage and style sheets, which no submission has': [
    '@vitest/coverage-v8',
    'lightningcss',
    `lightningcss-${process.platform}-${process.arch}-gnu`,
    'uglify-js',
    '@babel',
    'magicast',
  ],
};

const unread = [
  /\.(map|d\.[cm]?ts|ts|flow|md|markdown)$/, // of packages: what Node runs is JavaScript
  /\.min\.js$/,
  /\/(test|tests|docs|examples|man)\//,
];

/** Of TensorFlow.js's packages Node loads one file each, and the WebAssembly. */
const tensorflowFiles = [/\/package\.json$/, /\.node\.js$/, /\.fesm\.js$/, /\.wasm$/, /\/LICENSE$/];

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional() })),
});

/** Paths of the kit's own files that go into a bundle, relative to its root. */
export function ownFiles(root: string): string[] {
  const folders = ['src', 'exercises', 'solutions', 'reports'].flatMap((folder) => filesBelow(root, folder));
  const needed = (path: string) => !path.startsWith('reports/out/') && !(path.startsWith('src/') && path.endsWith('.test.ts'));
  return [...folders.filter(needed), 'course.yaml', 'package.json', 'tsconfig.json', 'LICENSE'];
}

/** Paths of the files of packages that go into a bundle for this system, relative to the kit's root. Throws where the kit is not installed. */
export function packageFiles(root: string): string[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const wanted = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path.startsWith('node_modules/') && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)) && !isLeftOut(path));
  return wanted.flatMap((path) =>
    filesBelow(root, path).filter((file) => !file.slice(path.length).includes('/node_modules/') && isRead(path, file)),
  );
}

const isLeftOut = (path: string) =>
  Object.values(leftOut)
    .flat()
    .some((name) => `${path}/`.includes(`/${name}/`));

function isRead(of: string, file: string): boolean {
  if (of.startsWith('node_modules/@tensorflow/')) return tensorflowFiles.some((form) => form.test(file));
  if (file.startsWith('node_modules/webgpu/dist/')) return file.includes(`/${process.platform}-${process.arch}/`);
  return !unread.some((form) => form.test(file));
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
