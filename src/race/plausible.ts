import type { Subject } from '../subject/subject.ts';
import { HostTensor, isBranch, type Tree } from '../subject/value.ts';
import { echoPass } from './rival.ts';
import { median } from './sign-test.ts';

const echoes = 5; // odd, so that the median is one of them
const floorShare = 0.5; // of the time that moving the answer takes: half of it leaves room for noise
const mostOfReference = 10; // times as fast as the kit's own parallel pass: nobody was, in any calibration

/** Milliseconds that this device takes to give an answer of this form when it has nothing to compute. */
export async function echoMs(kit: Subject, answer: Tree): Promise<number> {
  const tensors = isBranch(answer)
    ? Object.fromEntries(Object.entries(answer).filter(([, value]) => value instanceof HostTensor))
    : { answer };
  const times: number[] = [];
  for (let echo = 0; echo < echoes; echo++) {
    await kit.stage(tensors);
    times.push((await kit.runStaged(echoPass)).durationMs);
  }
  return median(times);
}

/** Why a median time cannot be that of an honest pass; `undefined` where it can. */
export function whyImplausible(candidateMs: number, floorMs: number, referenceMs: number | undefined): string | undefined {
  if (candidateMs < floorShare * floorMs)
    return `it took ${candidateMs.toFixed(3)} ms, and only to move an answer of this size takes this device ${floorMs.toFixed(3)} ms`;
  if (referenceMs !== undefined && candidateMs * mostOfReference < referenceMs)
    return `it is more than ${mostOfReference} times as fast as the kit's own parallel pass (${candidateMs.toFixed(3)} against ${referenceMs.toFixed(3)} ms)`;
  return undefined;
}
