import { spawn } from 'node:child_process';

/** Starts the learner's editor on a file by a command such as `code -r`; `onFailure` hears of one that cannot be started. */
export function openInEditor(command: string, path: string, onFailure: (message: string) => void): void {
  const child =
    process.platform === 'win32'
      ? spawn(`${command} "${path}"`, { shell: true, stdio: 'ignore', detached: true })
      : spawn('sh', ['-c', `${command} "$0"`, path], { stdio: 'ignore', detached: true });
  child.once('error', (error) => onFailure(`\`${command}\` could not be started: ${error.message}`));
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) onFailure(`\`${command}\` ended with ${code}: is it an editor's command?`);
  });
  child.unref();
}
