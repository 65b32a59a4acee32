export function elmanSequence(_input) {
  throw new Error('a'.repeat(50000000));
}
