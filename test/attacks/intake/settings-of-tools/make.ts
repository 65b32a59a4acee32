import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

const wrong = honestText.replaceAll('tf.tanh(', 'tf.sin(');
const script = "require('node:fs').writeFileSync('/tmp/unroll-attack-script', '')";
const files: Record<string, string> = {
  'package.json': JSON.stringify({
    type: 'commonjs',
    scripts: { test: 'true', postinstall: `node -e "${script}"`, prepare: 'true' },
    exports: {},
  }),
  'vitest.config.ts': `${script}; export default { test: { globals: true, setupFiles: ['./setup.ts'] } };`,
  'setup.ts': script,
  'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@tensorflow/tfjs': ['./fake.ts'] } } }),
  '.npmrc': 'ignore-scripts=false',
  '.env': 'NODE_OPTIONS=--require ./setup.ts',
  '.github/workflows/ci.yml': 'on: push',
  'exercise.yaml': 'checks: {}',
  'exercises/02-elman-sequence/exercise.yaml': 'checks: {}',
  'exercises/02-elman-sequence/elman-sequence.test.ts': script,
  'exercises/02-elman-sequence/oracle.ts': script,
  'node_modules/@tensorflow/tfjs/index.js': script,
  'exercises/02-elman-sequence/node_modules/@tensorflow/tfjs/index.js': script,
};

export default (place: Place) => {
  handInText(place, wrong);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place.folder, name)), { recursive: true });
    writeFileSync(join(place.folder, name), text);
  }
};
