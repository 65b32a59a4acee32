import { proveAttacks } from '../support/attacks.ts';

proveAttacks(({ clock }) => clock);
