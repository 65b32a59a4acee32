import { isSeq } from 'yaml';

import { UserError } from '../errors.ts';
import { readYamlText } from './yaml-file.ts';
import { parseYaml } from './yaml-text.ts';

/** The text of course.yaml with one exercise more at the end of a unit, of the last one where none is named; all else stays as it is. */
export function addToCourse(path: string, id: string, unit?: string): { readonly path: string; readonly text: string } {
  const { document } = parseYaml(readYamlText(path), path);
  const { units } = document.toJS() as { units: { title: string }[] };
  const titles = units.map(({ title }) => title);
  const index = unit === undefined ? titles.length - 1 : titles.indexOf(unit);
  if (index === -1)
    throw new UserError(
      `there is no unit ${JSON.stringify(unit)}; the course has ${titles.map((title) => JSON.stringify(title)).join(', ')}`,
    );
  const exercises = document.getIn(['units', index, 'exercises']);
  if (!isSeq(exercises)) throw new UserError(`${path}: the unit ${titles[index]} has no list of exercises`);
  exercises.add(id);
  return { path, text: document.toString({ flowCollectionPadding: false, lineWidth: 140 }) };
}
