const text = [
  '<script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '</title><iframe src="javascript:alert(1)">',
  '"><a href="javascript:alert(1)">',
  '<base href="https://example.org">',
  '<meta http-equiv=refresh content="0;url=https://example.org">',
  ']]>',
].join(' ');
export function elmanSequence() {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
