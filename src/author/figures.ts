import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { Random } from '../check/random.ts';
import { readExercise } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import type { OpenDevice } from '../device/device.ts';
import { figureSchema, type Figure, type FigureToShow } from '../result/figure.ts';
import { InProcessSubject } from '../driver/in-process.ts';
import { compileExercise, readSolution } from '../run/exercise-module.ts';
import type { Subject } from '../wire/subject.ts';
import { Watchdog } from '../driver/watchdog.ts';
import { importModule } from './import-module.ts';

/** What a picture of a lesson is made from: the solutions' own numbers. */
export interface Studio {
  /** The solution of an exercise by its id, such as `06-lstm`. */
  readonly solution: (id: string) => Promise<Subject>;
  readonly random: Random;
}

/** The pictures of a lesson: `figures.ts` exports one function for each, and `course draw` writes NAME.svg beside the lesson. */
export type Figures = Readonly<Record<string, (studio: Studio) => Promise<FigureToShow>>>;

export interface DrawnFigure {
  /** Absolute path of the picture. */
  readonly path: string;
  readonly figure: Figure;
}

/** Works out the pictures of an exercise's lesson; none where it has no figures.ts. */
export async function makeFigures(exercise: Exercise, device: OpenDevice): Promise<DrawnFigure[]> {
  const file = join(exercise.folder, 'figures.ts');
  if (!existsSync(file)) return [];
  const { figures } = (await import(pathToFileURL(file).href)) as { figures: Figures };
  const watchdog = new Watchdog();
  const solution = async (id: string): Promise<Subject> => {
    const other = readExercise(join(exercise.folder, '..', id));
    const exports = await importModule(await compileExercise(other, readSolution(other)));
    return new InProcessSubject(device, id, exports, watchdog, 120_000 /* ms: an author's picture may take its time */);
  };
  const drawn: DrawnFigure[] = [];
  for (const [name, make] of Object.entries(figures)) {
    device.tf.engine().startScope(name); // what a figure leaves behind must not stand in the memory of the next
    try {
      const figure = await make({ solution, random: new Random('figures', `${exercise.id}/${name}`) });
      drawn.push({ path: join(exercise.folder, `${name}.svg`), figure: figureSchema.parse(figure) });
    } finally {
      device.tf.engine().endScope();
    }
  }
  return drawn;
}
