import { isArchive, withoutEnding } from '../archive-name.ts';
import { eachAlone } from './item.ts';

/** A folder or an archive for each student, called like the student. */
export const folders = eachAlone(({ name, kind }) => {
  if (name.startsWith('.')) return undefined;
  if (kind === 'file') return isArchive(name) ? { name: withoutEnding(name) } : undefined;
  return kind === 'other' ? undefined : { name };
});
