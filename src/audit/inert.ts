import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { summariseResult } from '../report/terminal/summary.ts';
import { writeStudentReport } from '../report/write.ts';
import type { Result } from '../result/result.ts';

/** What of a result would act where it is shown: in a terminal, in the log of a workflow, in a browser. None where all of it is inert. */
export async function findActive(result: Result): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-audit-page-'));
  try {
    const page = readFileSync(await writeStudentReport(result, folder), 'utf8');
    return [...findActiveText(summariseResult(result)), ...findActivePage(page)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What of a text a terminal or the log of a workflow would act on. */
export function findActiveText(text: string): string[] {
  const control = /[\0-\b\v-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u.exec(text)?.[0].codePointAt(0);
  const command = /^\s*(::[a-z-]+.*::|##\[|##vso\[)/m.exec(text)?.[0];
  return [
    ...(control === undefined ? [] : [`the terminal gets the character U+${control.toString(16).padStart(4, '0')}`]),
    ...(command === undefined ? [] : [`the log gets the command ${command.trim().slice(0, 40)}`]),
  ];
}

const activeTags = /^(script|iframe|object|embed|img|base|form|input|video|audio|frame|foreignobject)$/;

/** What of a page a browser would act on. */
export function findActivePage(page: string): string[] {
  const tags = [...page.matchAll(/<([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)].map(([, name = '', rest = '']) => ({
    name: name.toLowerCase(),
    rest,
  }));
  return tags.flatMap(({ name, rest }) => {
    const attributes = [...rest.matchAll(/([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/g)].map(([, key = '', value = '']) => ({
      key: key.toLowerCase(),
      value,
    }));
    const acting = attributes.find(
      ({ key, value }) =>
        key.startsWith('on') ||
        (/^(href|src|action|xlink:href)$/.test(key) &&
          (name === 'link' ? /^["']?\s*(?!data:(image|,))\w+:/i : /^["']?\s*(javascript|data|vbscript|https?):/i).test(value)),
    );
    return activeTags.test(name) ? [`the page gets <${name}>`] : acting === undefined ? [] : [`the page gets ${acting.key} in <${name}>`];
  });
}
