import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

builtin('module').register(
  'data:text/javascript,export const load = () => ({ format: "module", shortCircuit: true, source: "export const x = 1;" })',
);

export const elmanSequence = (input: Input): Output => honest(input);
