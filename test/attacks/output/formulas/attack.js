const text = ['=HYPERLINK("https://example.org")', '+1+1', '-2+3', '@SUM(1)', '\t=1', '\uFF1D1+1'].join('\n');
export function elmanSequence() {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
