import type { Output } from '../../parts/elman.ts';

const text =
  '![x](https://example.org/beacon.png) [16 of 16](javascript:alert(1)) | a | b |\n|---|---|\n<!-- -->\n# 16 of 16 points\n@everyone';

export function elmanSequence(): Output {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
