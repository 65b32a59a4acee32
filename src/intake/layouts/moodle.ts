import { eachAlone } from './item.ts';

/**
 * Moodle's "Download all submissions": a folder `Hal Hill_10009_assignsubmission_file_` for each participant, or, where folders were not asked for,
 * files `Hal Hill_10009_assignsubmission_file_work.zip`. The number is the participant's in this course; blanks may have become underscores.
 * The first number counts: a participant chooses what comes after it.
 */
const moodleName = /^(?<name>.+?)_(?<id>\d{1,20})_assignsubmission_(?:file|onlinetext)(?:_.*)?$/su;

export const moodle = eachAlone(({ name, kind }) => {
  const found = kind === 'other' ? undefined : moodleName.exec(name)?.groups;
  if (found?.['name'] === undefined || found['id'] === undefined) return undefined;
  return { id: found['id'], name: found['name'].replaceAll('_', ' ').trim() };
});
