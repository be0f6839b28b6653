import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate';

/** A test server. */
export interface TestServer {
  readonly port: number;
  readonly stop: () => Promise<unknown>;
}

/** Starts an API server on a free loopback port. It answers every health check with one status and its name. */
export async function startApiServer(name: string, status: number, options: ServerOptions = {}): Promise<TestServer> {
  const server = createServer({ key: TEST_KEY, cert: TEST_CERTIFICATE, ...options }, (_request, response) => {
    response.writeHead(status, { connection: 'close' }).end(name);
  });
  server.on('tlsClientError', () => undefined); // the server rejects a hello of SSLv3
  return { port: await listening(server), stop: () => stopped(server) };
}

/** Returns a loopback port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listening(server);
  await stopped(server);
  return port;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function stopped(server: Server): Promise<unknown> {
  const closed = once(server, 'close');
  server.close();
  return closed;
}
