// Listens at TCP and UDP ports of this machine, and answers. Prints "ready" when all are open. Usage: node listen.mjs tcp:22 udp:53
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const listening = process.argv.slice(2).map((text) => {
  const [protocol, port] = text.split(':');
  return new Promise((resolve, reject) => {
    if (protocol === 'tcp') {
      const server = createServer((socket) => socket.end()).on('error', reject);
      server.listen({ port: Number(port), host: '::' }, resolve);
    } else {
      const socket = createSocket({ type: 'udp6' }).on('error', reject);
      socket.on('message', (message, from) => socket.send(message, from.port, from.address));
      socket.bind(Number(port), '::', resolve);
    }
  });
});
await Promise.all(listening);
console.log('ready');
