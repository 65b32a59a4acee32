import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Document, isMap, parseDocument } from 'yaml';

import { writeWhole } from '../files.ts';
import type { Calibration } from './calibrate.ts';

const indent = '    '; // of what stands below `thresholds:` in `race:`

/** Writes a measured threshold into exercise.yaml, or takes out one that is no longer honest; every other line stays as it is. */
export async function writeThreshold({ exercise, deviceClass, threshold }: Calibration): Promise<void> {
  const path = join(exercise.folder, 'exercise.yaml');
  const text = readFileSync(path, 'utf8');
  const document = parseDocument(text);
  const thresholds = document.getIn(['race', 'thresholds'], true);
  if (!isMap(thresholds) || thresholds.range === undefined || thresholds.range === null) throw new Error(`${path}: race has no thresholds`);
  const [start, end] = thresholds.range;
  if (threshold === undefined) thresholds.delete(deviceClass);
  else {
    const { speedup, share, from } = threshold;
    thresholds.set(deviceClass, document.createNode({ speedup, share, from }));
  }
  const flow = thresholds.items.length === 0; // an empty map has no lines of its own
  thresholds.flow = flow;
  const lines = new Document(thresholds)
    .toString({ lineWidth: 160 - indent.length })
    .trimEnd()
    .split('\n');
  const block = flow ? lines.join('') : lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n');
  const opened = !flow && text[start] === '{'; // an empty map stood on the line of its key
  const before = flow
    ? `${text.slice(0, start).trimEnd()} `
    : opened
      ? `${text.slice(0, start).trimEnd()}\n`
      : text.slice(0, text.lastIndexOf('\n', start) + 1);
  await writeWhole(path, `${before}${block}\n${text.slice(end).replace(/^\n/, '')}`);
}
