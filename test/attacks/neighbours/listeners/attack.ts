import { honest, type Input, type Output } from '../../parts/elman.ts';

for (const event of ['exit', 'beforeExit', 'uncaughtException', 'unhandledRejection', 'warning']) process.on(event, () => undefined);
process.exitCode = 1;

export const elmanSequence = (input: Input): Output => honest(input);
