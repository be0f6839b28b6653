// Measures how long 1,000 connection checks take with default settings, and whether an open port is ever reported as not open.
// Run it after `npm run build`: node bench/checks.mjs
import { createServer } from 'node:net';
import { createRequire } from 'node:module';

const { runChecks } = createRequire(import.meta.url)('../dist/checks/run-checks.js');
const COUNT = 1000;
const ROUNDS = 5;
const HOST = '127.0.0.1';

const servers = await Promise.all(
  Array.from(
    { length: COUNT },
    () =>
      new Promise((listening) => {
        const server = createServer((socket) => socket.destroy());
        server.listen(0, HOST, () => listening(server));
      }),
  ),
);
const endpoints = servers.map((server) => ({ host: HOST, port: server.address().port, flows: [] }));
for (let round = 1; round <= ROUNDS; round++) {
  const startedAt = Date.now();
  const results = await runChecks(endpoints);
  const wrong = results.filter(({ outcome, attempts }) => outcome !== 'open' || attempts > 1).length;
  console.log(`${COUNT} open ports: ${Date.now() - startedAt} ms, ${wrong} not found open at the first attempt`);
}
const startedAt = Date.now();
const silence = (_host, _port, timeoutMs) => new Promise((end) => setTimeout(() => end('timed out'), timeoutMs));
await runChecks(endpoints, { attempt: silence });
console.log(`${COUNT} ports without an answer: ${Date.now() - startedAt} ms`);
servers.forEach((server) => server.close());
