import { answerRequests } from './answer-requests.ts';
import { ArchiveRefused, readArchive } from './read-archive.ts';

// The program that reads a stranger's archive, in a box of its own: a parser of formats that were made for trust, or a package of it, can have a
// hole. It writes nothing, and what it answers is looked at by the grader as any answer of a box is.

answerRequests<'unpack'>(async ({ archive, wanted, mostFileBytes }) => {
  try {
    return { contents: JSON.stringify(await readArchive(Buffer.from(archive, 'base64'), { wanted, mostFileBytes })) };
  } catch (error) {
    if (error instanceof ArchiveRefused) return { refused: error.message };
    throw error;
  }
});
