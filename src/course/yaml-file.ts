import { readFileSync } from 'node:fs';

import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

import { messageOf, UserError } from '../errors.ts';

/** Reads a YAML file and checks it against a schema. Every mistake is named with its file and line, all of them at once. */
export function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: true });
  const broken = document.errors.map((error) => `${path}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`);
  if (broken.length > 0) throw new UserError(broken.join('\n'));
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(
    ({ path: keys, message }) => `${path}:${lineOf(keys)}: ${keys.join('.') || 'the file'}: ${message}`,
  );
  throw new UserError(mistakes.join('\n'));

  /** The line of the deepest node on the way to the mistake that the file really has. */
  function lineOf(keys: readonly PropertyKey[]): number {
    for (let depth = keys.length; depth > 0; depth--) {
      const node: unknown = document.getIn(keys.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(`${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
