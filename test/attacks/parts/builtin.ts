/* The modules of Node, past the compiler, which would refuse to import them. */

interface Modules {
  readonly child_process: typeof import('node:child_process');
  readonly cluster: typeof import('node:cluster');
  readonly dgram: typeof import('node:dgram');
  readonly dns: typeof import('node:dns');
  readonly fs: typeof import('node:fs');
  readonly inspector: typeof import('node:inspector');
  readonly module: typeof import('node:module');
  readonly net: typeof import('node:net');
  readonly os: typeof import('node:os');
  readonly process: typeof import('node:process');
  readonly v8: typeof import('node:v8');
  readonly vm: typeof import('node:vm');
  readonly worker_threads: typeof import('node:worker_threads');
}

export function builtin<Name extends keyof Modules>(name: Name): Modules[Name] {
  return (process as unknown as { getBuiltinModule(name: string): Modules[Name] }).getBuiltinModule(`node:${name}`);
}
