import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

const program = 'const part = "x".repeat(65536); for (;;) try { require("node:fs").writeSync(1, part); } catch {}';

export function elmanSequence(input: Input): Output {
  builtin('child_process').spawnSync(process.execPath, ['-e', program], { stdio: ['ignore', 'inherit', 'inherit'] });
  return honest(input);
}
