import { isNode } from 'yaml';
import type { z } from 'zod';

import { UserError } from '../errors.ts';
import { readPlainFile } from '../files.ts';
import { listMistakes, parseYaml, type YamlText } from './yaml-text.ts';

const mostBytes = 128 * 1024; // the longest file of the kit has 7 kB; more takes the parser longer than anybody waits

/** Reads a YAML file and checks it against a schema. Every mistake is named with its file and line, the first of many at once. */
export function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> {
  return checkYaml(readYamlText(path), path, schema);
}

/** The same of a text that has been read already. */
export function checkYaml<Schema extends z.ZodType>(text: string, path: string, schema: Schema): z.infer<Schema> {
  const yaml = parseYaml(text, path);
  const parsed = schema.safeParse(yaml.document.toJS());
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw new UserError(
    listMistakes(issues, ({ path: keys, message }) => `${path}:${lineOf(yaml, keys)}: ${keys.join('.') || 'the file'}: ${message}`),
  );
}

/** The line of the deepest node on the way to the mistake that the file really has. */
function lineOf({ document, lineAt }: YamlText, keys: readonly PropertyKey[]): number {
  for (let depth = keys.length; depth > 0; depth--) {
    const node: unknown = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lineAt(node.range[0]);
  }
  return 1;
}

/** The text of a YAML file. */
export function readYamlText(path: string): string {
  const read = readPlainFile(path, { most: mostBytes });
  if ('bytes' in read) return read.bytes.toString('utf8');
  const { refusal, code = refusal } = read;
  if (refusal === 'too-large') throw new UserError(`${path}:1: it is larger than ${mostBytes / 1024} KiB; no file of a course is`);
  throw new UserError(`${path} cannot be read: ${refusal === 'not-plain' ? 'it is not a plain file' : code}`);
}
