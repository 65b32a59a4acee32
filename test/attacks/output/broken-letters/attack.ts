import type { Output } from '../../parts/elman.ts';

const text = '\uD800 \uDFFF \uFFFE \uFFFF \u0000 \u0001 \u000B \u000C ]]>';

export function elmanSequence(): Output {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
