import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { handInText, honestText, placeOf, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  const path = placeOf(place.folder, place.exercises[0] as Exercise);
  symlinkSync(place.bait.secretFile, `${path}.link`);
  const program =
    'const fs = require("node:fs"); const [path] = process.argv.slice(1); const end = Date.now() + 3000; while (Date.now() < end && fs.existsSync(path)) { fs.renameSync(path, path + ".file"); fs.renameSync(path + ".link", path); fs.renameSync(path, path + ".link"); fs.renameSync(path + ".file", path); }';
  spawn(process.execPath, ['-e', program, path], { stdio: 'ignore' }).unref();
};
