import type { Message } from '../wire/frame.ts';
import type { Request } from '../wire/request.ts';
import type { Driver } from './driver.ts';
import { reachableBytes } from './garbage.ts';

/** Puts one request to the driver: the box's half of the conversation. `enter` is the box's own business; `compile` and `unpack` are other programs'. */
export async function serve(driver: Driver, request: Exclude<Request, { verb: 'enter' | 'compile' | 'unpack' }>): Promise<Message> {
  switch (request.verb) {
    case 'call':
      return driver.call(request.module, request.pass, request.input);
    case 'runStaged':
      return driver.runStaged(request.module, request.pass);
    case 'stage':
      return driver.stage(request.input).then(() => 0);
    case 'traceKernels':
      return { ...(await driver.traceKernels(request.module, request.pass, request.input)) };
    case 'install':
      driver.install(request.module, request.pass, request.trace);
      return 0;
    case 'replay':
      return { ...(await driver.replay(request.trace, request.input)) };
    case 'reachableBytes':
      return reachableBytes();
    case 'gradients':
      return driver.gradients(request.module, request.pass, request.input, request.question);
    case 'leaks':
      return driver.leaks(request.module, request.pass, request.input, request.calls);
    case 'profile':
      return { ...(await driver.profile(request.module, request.pass, request.input)) };
  }
}
