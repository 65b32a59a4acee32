const odd = `GO${'\u0301'.repeat(500)}\u{E0001}\u{E0041}\ufff9a\ufffab\ufffb\u061c\u180e\u2028\u2029\u00ad\u115f\u3164\uffa0\ue000\u{10ffff}\ufdd0\u{1f468}\u200d\u{1f469}\ufe0f\u0085\u009b31m\u009d8;;http://x\u009c`;

export function elmanSequence(): never {
  console.log(odd);
  throw new Error(odd);
}
