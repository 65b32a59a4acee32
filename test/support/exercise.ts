import { exerciseSchema, type Exercise } from '../../src/course/exercise.ts';

/** An exercise.yaml as a careful author would write it, for the tests of several rooms. */
export const exerciseFile = {
  format: 1,
  id: '07-doubling',
  title: 'Doubling',
  effortMinutes: 5,
  files: ['doubling.ts'],
  passes: { doubleSequential: 'sequential', doubleParallel: 'parallel' },
  checks: {
    values: { title: 'The values are right', points: 2, lookAt: 'Twice x.' },
    gradients: { title: 'The gradients are right', points: 1, lookAt: 'Stay in tensors.' },
    kernels: { title: 'Few kernels', points: 0.5, lookAt: 'No loop.' },
  },
  hints: ['Nudge.', 'Locate.', 'Worked analogue.'],
  references: [{ title: 'A paper', where: 'page 1' }],
};

export function makeExercise(facts: Partial<Exercise> = {}): Exercise {
  return { ...exerciseSchema.parse(exerciseFile), unit: 'Unit 1', folder: '/nowhere', ...facts };
}
