import { builtin } from '../../parts/builtin.ts';
import { type Output } from '../../parts/elman.ts';

export function elmanSequence(): Output {
  const { hostname, networkInterfaces, userInfo, version } = builtin('os');
  const user = () => {
    try {
      return userInfo();
    } catch (error) {
      return String(error);
    }
  };
  console.log(JSON.stringify([hostname(), user(), networkInterfaces(), version()]));
  throw new Error(`seen by ${hostname()}`);
}
