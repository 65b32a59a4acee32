export function elmanSequence(_input) {
  for (;;);
}
