import { compileModule } from '../compile/learner.ts';
import { answerRequests } from './answer-requests.ts';

// The compiler's program: it turns a stranger's text into a module of plain JavaScript, one request after the other, in a box of its own.
// The text is only read, never run; but a text can end a compiler or make it fill its memory.

answerRequests<'compile'>(async ({ module, entry, files }) => ({ ...(await compileModule({ key: module, entry, files })) }));
