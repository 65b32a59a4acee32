import { builtin } from '../../parts/builtin.ts';
import { winIf, whichWork } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { openSync, readdirSync } = builtin('fs');
  const usual = new Set([
    'core',
    'fd',
    'full',
    'null',
    'ptmx',
    'pts',
    'random',
    'shm',
    'stderr',
    'stdin',
    'stdout',
    'tty',
    'urandom',
    'zero',
    'console',
    'mqueue',
  ]);
  const names = [
    'mem',
    'kmem',
    'kmsg',
    'port',
    'kvm',
    'fuse',
    'net/tun',
    'sda',
    'vda',
    'nvme0n1',
    'loop0',
    'tty',
    'tty0',
    'console',
    ...readdirSync('/dev').filter((name) => !usual.has(name) && !/^(dri|nvidia)/.test(name)),
  ];
  return whichWork(Object.fromEntries(names.map((name) => [name, () => openSync(`/dev/${name}`, 'r') > 0])));
});
