import { handInText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(
    place,
    `export function elmanSequence() { throw new Error('look'); }\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify({ version: 3, sources: ['/etc/passwd'], names: [], mappings: 'AAAA;'.repeat(30_000) })).toString('base64')}\n`,
  );
