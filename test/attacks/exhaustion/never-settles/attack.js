export function elmanSequence(_input) {
  setInterval(() => undefined, 10);
  return new Promise(() => undefined);
}
