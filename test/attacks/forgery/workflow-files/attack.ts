import { builtin } from '../../parts/builtin.ts';
import { winIf, attempt } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { existsSync, readdirSync } = builtin('fs');
  const variables = Object.keys(process.env).filter((name) => /^(GITHUB|RUNNER|CI|ACTIONS)/.test(name));
  const homes = (attempt(() => readdirSync('/home')) ?? []).map((name) => `/home/${name}`);
  const places = ['/github', ...homes, '/opt/hostedtoolcache'].filter((path) => existsSync(path));
  const files = (attempt(() => readdirSync('/tmp')) ?? []).filter((name) => name.includes('runner'));
  return [...variables, ...places, ...files].join(', ');
});
