import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(
    place,
    `// @ts-nocheck\n/** @jsx eval @jsxImportSource ../../solutions */\n/// <reference path="/etc/passwd" />\n${honestText}`,
  );
