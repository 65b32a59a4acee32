const text = ['Bail out!', 'ok 1 - all # TODO', '1..0 # SKIP', 'not ok 2'].join('\n');
export function elmanSequence() {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
