import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';
export const elmanSequence = winIf(async () => {
  const ask = (host) => new Promise((resolve) => builtin('dns').lookup(host, (error) => resolve(error === null ? host : '')));
  const late = new Promise((resolve) => setTimeout(resolve, 2000 /* ms */, ''));
  const sent = new Promise((resolve) => {
    const socket = builtin('dgram').createSocket('udp4');
    socket.on('error', () => resolve(''));
    socket.send('x', 53, '1.1.1.1', (error) => resolve(error === null ? 'sent' : ''));
  });
  return (await Promise.all([Promise.race([ask('example.org'), late]), Promise.race([sent, late])]))
    .filter((name) => name !== '')
    .join(', ');
});
