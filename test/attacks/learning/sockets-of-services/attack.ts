import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(() =>
  [
    '/var/run/docker.sock',
    '/run/docker.sock',
    '/run/containerd/containerd.sock',
    '/run/dbus/system_bus_socket',
    '/run/systemd/private',
    '/run/user',
    '/var/run/secrets',
  ]
    .filter((path) => builtin('fs').existsSync(path))
    .join(', '),
);
