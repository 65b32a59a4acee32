/** 0 fine, 1 the work graded is not all passed, 2 could not run. */
export type ExitCode = 0 | 1 | 2;

/** Turns a command's body into a commander action: its answer becomes the exit code of the process. */
export function exiting<Arguments extends unknown[]>(body: (...args: Arguments) => Promise<ExitCode>) {
  return async (...args: Arguments): Promise<void> => {
    process.exitCode = await body(...args);
  };
}
