import { bait } from '../../parts/bait.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  Error.stackTraceLimit = 200;
  const seen = [String(new Error('look').stack)];
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => String(site.getFileName())).join(' ');
  seen.push(String(new Error('look').stack));
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  return [bait.kitRoot, bait.secretFile.slice(0, -6), 'solutions/', 'oracle'].filter((word) => seen.join('').includes(word)).join(', ');
});
