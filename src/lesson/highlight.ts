import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

/** HTML of code in the colours of its language, without a frame. */
export type Highlight = (code: string, language: string) => string;

const languages = { ts: 'typescript', sh: 'shellscript', bash: 'shellscript', yaml: 'yaml' } as const;
const themes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const;

/** Loads the grammars that lessons use; code in any other language is shown as it is. */
export async function makeHighlight(): Promise<Highlight> {
  const highlighter = await createHighlighterCore({
    engine: createJavaScriptRegexEngine(),
    langs: [import('shiki/langs/typescript.mjs'), import('shiki/langs/shellscript.mjs'), import('shiki/langs/yaml.mjs')],
    themes: [import('shiki/themes/github-light-high-contrast.mjs'), import('shiki/themes/github-dark-high-contrast.mjs')],
  });
  return (code, language) =>
    highlighter.codeToHtml(code.trimEnd(), {
      lang: languages[language as keyof typeof languages] ?? 'text',
      themes,
      defaultColor: 'light-dark()',
      structure: 'inline',
    });
}
