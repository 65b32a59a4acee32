import { chooseDevice } from '../device/probe.ts';
import { messageOf } from '../errors.ts';
import type { DeviceName } from '../result/device.ts';
import { readAttack } from './attack.ts';
import { Auditor } from './auditor.ts';
import type { Trial } from './trial.ts';

// A process with a Grader of its own, which tries the attacks whose ids it is sent, one at a time.

/** What a worker says: that it is ready, what an attack came to, or that it has ended its Grader. */
export type Said = { readonly kind: 'ready' | 'closed' } | { readonly kind: 'trial'; readonly trial: Trial };

const [folder, device, corpus] = process.argv.slice(2) as [string, DeviceName, string];
const say = (said: Said) => process.send?.(said);
const auditor = await Auditor.start({ folder, device: await chooseDevice(device) });

process.on('message', (id: string) => void (id === '' ? close() : attempt(id)));
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); // the audit itself was ended
say({ kind: 'ready' });

async function attempt(id: string): Promise<void> {
  try {
    say({ kind: 'trial', trial: await auditor.try(readAttack(id, corpus)) });
  } catch (error) {
    say({ kind: 'trial', trial: { ended: 'no result', problems: [`the audit could not try it: ${messageOf(error)}`], spoiled: true } });
  }
}

async function close(): Promise<void> {
  await auditor.close();
  say({ kind: 'closed' });
  process.disconnect();
}
