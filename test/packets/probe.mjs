// Tries connections, and prints for each whether it was answered. Usage: node probe.mjs '[{"protocol":"tcp","from":"10.0.0.1","to":"10.0.0.2","port":22}]'
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const TIMEOUT_MS = 700;
const AGAIN_MS = 300;

function tcp({ from, to, port }) {
  return new Promise((resolve) => {
    const socket = connect({ host: to, port, localAddress: from, timeout: TIMEOUT_MS });
    const end = (isOpen) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}

function udp({ from, to, port }) {
  return new Promise((resolve) => {
    const socket = createSocket({ type: to.includes(':') ? 'udp6' : 'udp4' });
    const end = (isOpen) => {
      clearTimeout(again);
      clearTimeout(timeout);
      socket.close();
      resolve(isOpen);
    };
    const send = () => socket.send('?', port, to, () => undefined);
    const again = setTimeout(send, AGAIN_MS);
    const timeout = setTimeout(() => end(false), TIMEOUT_MS);
    socket.on('message', () => end(true)).on('error', () => undefined);
    socket.bind(0, from, send);
  });
}

function icmp({ from, to }) {
  return new Promise((resolve) => {
    spawn('ping', ['-c', '1', '-W', '1', '-I', from, to], { stdio: 'ignore' }).on('exit', (code) =>
      resolve(code === 0),
    );
  });
}

const TRIES = { tcp, udp, icmp };
const packets = JSON.parse(process.argv[2]);
console.log(JSON.stringify(await Promise.all(packets.map((packet) => TRIES[packet.protocol](packet)))));
