const text = '\u202E16 fo 61 \u2066hidden\u2069\u200B\u200D\uFEFF \u0455core \u0301\u0301\u0301\u0301';
export function elmanSequence() {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
