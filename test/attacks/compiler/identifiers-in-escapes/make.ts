import { handInText, honestText, type Place } from '../../making.ts';

/** Names in escapes, attributes of imports, a second source map, a pragma: all that a compiler reads beside the program. */
export default (place: Place) => {
  const name = '\\u{61}'.repeat(20_000);
  handInText(
    place,
    `/** @jsx process.exit */ /** @jsxImportSource data:text/javascript,process.exit() */\n${honestText}export const ${name} = 1;\n` +
      `//# sourceMappingURL=file:///proc/self/environ\n//# sourceURL=data:text/javascript,process.exit()\n`,
  );
};
