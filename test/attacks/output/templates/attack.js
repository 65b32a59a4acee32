const text =
  '{{constructor.constructor "return process"}} {{{this}}} {{> style}} {{#with (lookup this "constructor")}}{{/with}} ${7*7} <%= 1 %> #{1}';
export function elmanSequence() {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
