import { eachAlone } from './item.ts';

/**
 * Canvas' "Download Submissions": flat files `hillhal_LATE_123_456_work.zip`, where 123 is the person, 456 the file, and the name is the sortable
 * one without anything but letters and digits.
 */
const canvasName = /^(?<name>[\p{L}\p{N}]+)_(?<late>late_)?(?<id>\d{1,20})_\d{1,20}_.+$/isu;

export const canvas = eachAlone(({ name, kind }) => {
  const found = kind === 'file' ? canvasName.exec(name)?.groups : undefined;
  if (found?.['name'] === undefined || found['id'] === undefined) return undefined;
  return { id: found['id'], name: found['name'], ...(found['late'] === undefined ? {} : { late: true }) };
});
