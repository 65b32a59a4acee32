import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(
    place,
    `import given from 'data:application/json,{"a":1}' with { type: 'json' };\nimport text from './elman-sequence.ts' with { type: 'text' };\n${honestText}export { given, text };\n`,
  );
