import { request } from 'node:https';
import { rootCertificates } from 'node:tls';
import { HaproxyChecks, HaproxyConfig, type HaproxyServer } from 'cdktf-cluster-ports';
import { Haproxy } from './haproxy';
import { TEST_CERTIFICATE } from './test-certificate';
import { closedPort, startApiServer, type TestServer } from './tls-servers';

/** One server per answer to a health check. Nothing listens on the port of `closed`. */
const started: TestServer[] = [];
let servers: HaproxyServer[];
let haproxy: Haproxy;

beforeAll(async () => {
  started.push(await startApiServer('healthy', 200));
  started.push(await startApiServer('tls-1.3', 200, { minVersion: 'TLSv1.3' }));
  started.push(await startApiServer('failing', 500));
  const ports = [...started.map(({ port }) => port), await closedPort()];
  servers = ['healthy', 'tls-1.3', 'failing', 'closed'].map((name, at) => ({
    name,
    address: '127.0.0.1',
    port: ports[at],
  }));
});
afterAll(() => Promise.all(started.map(({ stop }) => stop())));

beforeEach(() => {
  haproxy = new Haproxy();
});
afterEach(() => haproxy.stop());

test('the checks of the document keep up a server whose API server answers 500', async () => {
  const port = await closedPort();
  const config = { servers, port, bindAddress: '127.0.0.1', checks: HaproxyChecks.DOCUMENTED };
  await haproxy.start(HaproxyConfig.render(config));
  expect(await haproxy.servers()).toEqual({
    healthy: 'UP L6OK',
    'tls-1.3': 'UP L6OK',
    failing: 'UP L6OK',
    closed: 'DOWN L4CON',
  });
  expect(await answers(port)).toEqual(['failing', 'healthy', 'tls-1.3']);
});

test('the default checks keep up only servers that are ready, and send nothing to the others', async () => {
  const port = await closedPort();
  await haproxy.start(HaproxyConfig.render({ servers, port, bindAddress: '127.0.0.1' }));
  expect(await haproxy.servers()).toEqual({
    healthy: 'UP L7OK',
    'tls-1.3': 'UP L7OK',
    failing: 'DOWN L7STS',
    closed: 'DOWN L4CON',
  });
  expect(await answers(port)).toEqual(['healthy', 'tls-1.3']);
});

test('with an authority, the default checks accept the certificates that it has signed', async () => {
  const caFile = haproxy.file('ca.crt', TEST_CERTIFICATE);
  await haproxy.start(HaproxyConfig.render({ servers, port: await closedPort(), bindAddress: '127.0.0.1', caFile }));
  expect(await haproxy.servers()).toMatchObject({ healthy: 'UP L7OK', failing: 'DOWN L7STS' });
});

test('with an authority that has signed none of the certificates, the default checks accept no server', async () => {
  const caFile = haproxy.file('ca.crt', rootCertificates[0]);
  await haproxy.start(HaproxyConfig.render({ servers, port: await closedPort(), bindAddress: '127.0.0.1', caFile }));
  expect(await haproxy.servers()).toMatchObject({ healthy: 'DOWN L6RSP', failing: 'DOWN L6RSP' });
});

test('accepts servers of both families and one address to listen on', async () => {
  const config = {
    servers: [...servers.slice(0, 1), { name: 'ipv6', address: '::1', port: servers[0].port }],
    bindAddress: '::1',
    port: await closedPort(),
  };
  await haproxy.start(HaproxyConfig.render(config));
  expect(await haproxy.servers()).toEqual({ healthy: 'UP L7OK', ipv6: 'DOWN L4CON' });
});

/** Returns the names of the servers that answer through a frontend. */
async function answers(port: number): Promise<string[]> {
  const names = new Set<string>();
  for (let attempt = 0; attempt < 2 * servers.length; attempt++) names.add(await answer(port));
  return [...names].sort();
}

function answer(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, rejectUnauthorized: false, agent: false as const };
    request(options, (response) => {
      response.setEncoding('utf8').once('data', resolve);
    })
      .once('error', reject)
      .end();
  });
}
