import { expect, test } from 'vitest';
import { linkTo, splitPath } from './href.ts';

test('every segment is encoded, so no folder name is a scheme, a query or a fragment', () => {
  expect(linkTo('javascript:alert(1)/report.html')).toBe('./javascript%3Aalert(1)/report.html');
  expect(linkTo('a b/"x"?#/report.html')).toBe('./a%20b/%22x%22%3F%23/report.html');
});

test('a path that leaves the folder has no link', () => {
  for (const path of ['../x', 'a/../../x', '/etc/x', '\\\\host\\x', 'C:\\x', '', '.', 'a\0b', '//evil.example/x', '\ud800'])
    expect([path, splitPath(path)]).toEqual([path, null]);
});
