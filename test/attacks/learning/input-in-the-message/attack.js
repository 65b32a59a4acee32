export function elmanSequence(input) {
  throw new Error(JSON.stringify(Object.entries(input).map(([name, value]) => [name, Array.from(value.dataSync())])));
}
