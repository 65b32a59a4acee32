import { proveAttacks } from '../support/attacks.ts';

proveAttacks('no clock');
