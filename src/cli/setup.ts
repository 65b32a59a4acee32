import { Command } from 'commander';

import { chooseDevice } from '../device/probe.ts';
import { setUpTensorFlow, type SetupOptions } from '../setup/setup.ts';
import { ProgressLine } from '../terminal/progress.ts';
import { messageOf } from '../errors.ts';
import { exiting } from './exit.ts';

export const setup = new Command('setup')
  .description(
    'Provide the TensorFlow library, the fastest device: from a wheel you name, your Python, the cache, pip, or the official download.',
  )
  .option('--from <path>', 'a TensorFlow wheel, or the folder `tensorflow` of site-packages (also: UNROLL_TENSORFLOW)')
  .option('--official', 'take the download of @tensorflow/tfjs-node-gpu: TensorFlow 2.9, CUDA 11.2')
  .option('--cuda', 'with CUDA, driver or not')
  .option('--no-cuda', 'for the processor alone')
  .option('--postinstall', 'called by npm: never fails')
  .action(
    exiting(async (options: SetupOptions & { postinstall?: true }) => {
      const say = new ProgressLine(process.stdout);
      try {
        say.line(await setUpTensorFlow(options, say));
      } catch (error) {
        if (!options.postinstall) throw error;
        say.line(messageOf(error));
        say.line(`The course works without it, slower: \`${(await chooseDevice()).name}\` will serve.`);
      }
      return 0;
    }),
  );
