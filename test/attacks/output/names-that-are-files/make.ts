import { handInStudents } from '../../making.ts';
import type { Place } from '../../making.ts';

export default ({ folder }: Place) => handInStudents(folder, ['gradebook.json', 'cohort.html', 'index.html']);
