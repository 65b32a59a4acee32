import { builtin } from '../../parts/builtin.ts';
import { winIf, attempt } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { existsSync, readdirSync } = builtin('fs');
  const variables = Object.keys(process.env).filter((name) => /^(GITHUB|RUNNER|CI|ACTIONS)/.test(name));
  const places = ['/github', '/home/runner', '/home/runner/work/_temp/_runner_file_commands', '/opt/hostedtoolcache'].filter((path) =>
    existsSync(path),
  );
  const files = (attempt(() => readdirSync('/tmp')) ?? []).filter((name) => name.includes('runner'));
  return [...variables, ...places, ...files].join(', ');
});
