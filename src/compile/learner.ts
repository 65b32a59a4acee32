import { basename, dirname, join } from 'node:path';

import { build, transform, type Plugin } from 'esbuild';

import { SubjectFailure } from '../wire/subject.ts';

/** A learner's files for one exercise, as text. */
export interface ModuleText {
  /** Names the module in the box, such as `10-causal-attention`. */
  readonly key: string;
  /** The file that holds the exports. */
  readonly entry: string;
  /** Text of each file by its name. */
  readonly files: Readonly<Record<string, string>>;
}

/** The same as one module of JavaScript, or why it cannot be one. */
export type LearnerModule = { readonly key: string } & ({ readonly code: string } | { readonly broken: string });

/** Compiles the files of one exercise. Their text is only read, never run; yet a stranger's can end the compiler, so it is compiled behind a wall. */
export async function compileModule({ key, entry, files }: ModuleText): Promise<LearnerModule> {
  try {
    return { key, code: await compileLearner(entry, new Map(Object.entries(files))) };
  } catch (error) {
    if (error instanceof SubjectFailure) return { key, broken: error.message };
    throw error;
  }
}

/** One exercise as a single module of plain JavaScript. */
export async function compileLearner(entry: string, files: ReadonlyMap<string, string>): Promise<string> {
  try {
    await refuseComputedImports(files);
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      ...common,
      metafile: true,
      sourcemap: 'inline', // errors name the learner's own lines
      sourcesContent: false,
      plugins: [onlyLearners(files)],
    });
    const foreign = Object.keys(metafile.inputs).find((path) => !path.startsWith('learner:'));
    if (foreign !== undefined)
      throw new SubjectFailure('does-not-load', 'the file does not compile: it imports a file that is not its own');
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    if (!isBuildFailure(error)) throw error; // a failure said already, or the end of esbuild itself, after which it compiles nothing more
    throw new SubjectFailure('does-not-load', `the file does not compile: ${firstError(error)}`, { cause: error });
  }
}

/** The file of the program that a compiled module lies beside; it exports TensorFlow.js. */
export const programFile = 'box.mjs';

/** What every build of the kit's has in common. */
export const common = { bundle: true, write: false, format: 'esm', platform: 'node', target: 'node20', logLevel: 'silent' } as const;

/**
 * An import whose first argument is anything but one plain name, as esbuild prints it: no comments, no spaces, a name in double quotes. The name is read with
 * its strokes, so that a quote behind one does not end it, and a comma or the bracket must follow.
 */
const computedImport = /\b(?:import(?:\.(?:defer|source))?|require)\((?!"(?:[^"\\]|\\.)*"[,)])/;

/** For `import('../subject' + name)` esbuild would search the grader's own disk, past every plugin, and bundle the solutions: it never comes so far. */
async function refuseComputedImports(files: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of files) {
    const { code } = await transform(text, { loader: 'ts', sourcefile: name, format: 'esm', target: 'node20', logLevel: 'silent' });
    if (computedImport.test(code))
      throw new SubjectFailure('does-not-load', `${name} imports by a computed name; write import ... from and a plain name`);
  }
}

/** Resolves a learner's imports to the learner's own files and TensorFlow.js, and says so where they ask for more. */
function onlyLearners(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'only-learners',
    setup(bundle) {
      bundle.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return { path, namespace: 'learner' };
        if (path === '@tensorflow/tfjs') return { path: `./${programFile}`, external: true };
        const wanted = join(dirname(importer), path).replace(/^\.\//, '');
        const found = [wanted, `${wanted}.ts`].find((candidate) => files.has(candidate));
        if (found !== undefined) return { path: found, namespace: 'learner' };
        return {
          errors: [{ text: `it imports ${JSON.stringify(path)}; only '@tensorflow/tfjs' and the exercise's own files can be imported` }],
        };
      });
      bundle.onLoad({ filter: /.*/, namespace: 'learner' }, ({ path }) => ({ contents: files.get(path) ?? '', loader: 'ts' }));
    },
  };
}

/** What esbuild throws where a text is wrong. */
interface BuildFailure {
  readonly errors: readonly { readonly text: string; readonly location: { readonly file: string; readonly line: number } | null }[];
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors);

function firstError({ errors: [first] }: BuildFailure): string {
  if (first === undefined) return 'the compiler does not say why';
  return first.location === null
    ? first.text
    : `line ${first.location.line} of ${basename(first.location.file).replace(/^learner:/, '')}: ${first.text}`;
}
