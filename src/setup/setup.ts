import { messageOf, UserError } from '../errors.ts';
import { type Binding, findBinding, linkAddon } from '../device/addon.ts';
import { buildEntry, type TensorFlowSource } from './build.ts';
import type { Flavour } from './cache.ts';
import { findCompiler } from './compiler.ts';
import { installOfficial } from './official.ts';
import { hasNvidiaDriver, reportProvision } from '../device/provisioned.ts';
import { findPythonTensorFlow } from './python.ts';
import type { Say } from '../terminal/progress.ts';
import { findCached, openNamed, withDownload } from './sources.ts';

export interface SetupOptions {
  /** A wheel or a folder; else the environment variable UNROLL_TENSORFLOW. */
  readonly from?: string | undefined;
  readonly official?: boolean | undefined;
  /** Unset: where an NVIDIA driver is. */
  readonly cuda?: boolean | undefined;
}

/** One way to a library. Answers false where it does not apply, throws a `UserError` where it fails. */
type InstallMethod = () => Promise<boolean>;

/**
 * Makes the device `tensorflow` usable and says so in one sentence. Throws a `UserError` if every method fails; what worked before
 * still works then.
 */
export async function setUpTensorFlow(options: SetupOptions, say: Say, binding: Binding = findBinding()): Promise<string> {
  const named = options.from ?? process.env['UNROLL_TENSORFLOW'];
  if (options.official) await say.step('Official download', () => installOfficial(binding));
  else if (named) await install(await openNamed(named, wantsCuda(options)), binding, say);
  else if (options.cuda !== undefined || !(await reportProvision(binding))?.usable)
    await takeFirst(listMethods(options, binding, say), say);
  const report = await reportProvision(binding);
  if (report?.usable) return report.reason;
  throw new UserError(report?.reason ?? 'TensorFlow was set up by someone else: run `npx unroll doctor` to see whether it works.');
}

function listMethods(options: SetupOptions, binding: Binding, say: Say): InstallMethod[] {
  const flavours: Flavour[] = wantsCuda(options) ? ['cuda', 'cpu'] : ['cpu'];
  const official: InstallMethod = async () => {
    await say.step('Official download', () => installOfficial(binding));
    return true;
  };
  if (process.platform !== 'linux') return [official]; // the wheels of macOS and Windows hold no library to link against that was tried
  return [...flavours.flatMap((flavour) => [fromCache(flavour, binding, say), fromWheel(flavour, binding, say)]), official];
}

function fromCache(flavour: Flavour, binding: Binding, say: Say): InstallMethod {
  return async () => {
    const addon = await findCached(flavour, binding.version);
    if (addon === undefined) return false;
    await linkAddon(addon, binding);
    say.line(`Taken from the cache: ${addon}`);
    return true;
  };
}

/** Python's own TensorFlow, else pip's wheel. The compiler is looked for first: before a download of 270 MB. */
function fromWheel(flavour: Flavour, binding: Binding, say: Say): InstallMethod {
  return async () => {
    await findCompiler();
    if (await installPythons(flavour, binding, say)) return true;
    await say.step(`TensorFlow for ${flavour} by pip, all steps`, () => withDownload(flavour, (source) => install(source, binding, say)));
    return true;
  };
}

async function installPythons(flavour: Flavour, binding: Binding, say: Say): Promise<boolean> {
  const folder = await findPythonTensorFlow();
  if (folder === undefined) return false;
  try {
    const source = await openNamed(folder, flavour === 'cuda');
    if (flavour === 'cuda' && !source.nvidia) return false;
    await install(source, binding, say);
    return true;
  } catch (error) {
    say.line(`Python's TensorFlow in ${folder} does not serve (${messageOf(error)}); going on with pip.`);
    return false;
  }
}

async function install(source: TensorFlowSource, binding: Binding, say: Say): Promise<void> {
  try {
    say.line(`TensorFlow ${source.distribution.version} from ${source.distribution.tree.label}`);
    await linkAddon(await buildEntry(source, binding, say), binding);
  } finally {
    source.distribution.tree.close();
  }
}

/**
 * Takes the first method that succeeds, and says then why the better ones before it did not. If none does, the first failure is the
 * one to mend, told once by the error.
 */
async function takeFirst(methods: readonly InstallMethod[], say: Say): Promise<void> {
  const failures: string[] = [];
  for (const method of methods) {
    try {
      if (!(await method())) continue;
      for (const failure of failures) say.line(`Not as well as it could be: ${failure}`);
      return;
    } catch (error) {
      if (!(error instanceof UserError) && !isSystemError(error)) throw error;
      failures.push(messageOf(error));
    }
  }
  throw new UserError(`TensorFlow could not be set up. ${failures[0]}`);
}

/** A full disk, a folder without permission: the machine's, not the kit's fault. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

function wantsCuda({ cuda }: SetupOptions): boolean {
  return cuda ?? hasNvidiaDriver();
}
