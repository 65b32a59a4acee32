import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { programFile, type LearnerModule } from '../compile/learner.ts';
import { kitRoot } from '../course/places.ts';

/** The exports of one of the kit's own modules, in this process. Throws where it did not compile. */
export async function importModule(module: LearnerModule): Promise<Record<string, unknown>> {
  if ('broken' in module) throw new Error(`${module.key}: ${module.broken}`);
  const folder = await mkdtemp(join(tmpdir(), 'unroll-module-'));
  try {
    await symlink(join(kitRoot, 'node_modules'), join(folder, 'node_modules'), 'junction'); // where it finds TensorFlow.js, the same as this process
    await writeFile(join(folder, programFile), "export * from '@tensorflow/tfjs'; export { default } from '@tensorflow/tfjs';");
    const file = join(folder, 'module.mjs');
    await writeFile(file, module.code.replace(/^\/\/# sourceMappingURL=.*$/m, '')); // it names files that are on no disk
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } finally {
    await rm(folder, { recursive: true });
  }
}
