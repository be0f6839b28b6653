import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { rulesOf } from '../../lib/provenance/provenance-json';
import { cli, expectBadInput, expectUsageError, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const HYBRID = join(synthesizeExamples(path), 'apinizer-hybrid');
const VERIFY = ['verify', '--as', 'worker'];
const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

/** Returns a port of this machine on which something listens, or on which nothing listens any more. */
async function portThat(state: 'listens' | 'is closed'): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  if (state === 'listens') servers.push(server);
  else await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Writes the hybrid example with its two databases on ports of this machine. */
function onLoopback(name: string, mongodb: number, elasticsearch: number): string {
  const json = JSON.parse(readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
  const { flows, peers } = json['//'].metadata.clusterPorts;
  for (const peer of peers) {
    if (peer.external) peer.ranges = ['127.0.0.1/32'];
  }
  for (const flow of flows) {
    const port = flow.row.endsWith('/mongodb')
      ? mongodb
      : flow.row.endsWith('/elasticsearch')
        ? elasticsearch
        : undefined;
    if (port === undefined) continue;
    Object.assign(flow, { port: `${port}/tcp`, documentedPort: flow.port });
    for (const address of rulesOf(flow)) {
      const [type, id] = address.split('.');
      Object.assign(json.resource[type][id], { from_port: port, to_port: port, cidr_ipv4: '127.0.0.1/32' });
    }
  }
  return file(name, JSON.stringify(json));
}

test('reports what is open, and exits with code 0 if refused connections are accepted', async () => {
  const [open, closed] = [await portThat('listens'), await portThat('is closed')];
  const stack = onLoopback('open.json', open, closed);
  expect((await cli([...VERIFY, stack])).code).toBe(1);
  const { code, stdout, stderr } = await cli([...VERIFY, stack, '--accept', 'refused']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const isByHand = (line: string): boolean => line.startsWith('    by hand: nc -zv 127.0.0.1 ');
  const lines = stdout.split('\n');
  expect(lines.filter(isByHand)).toHaveLength(2);
  const words = lines.filter((line) => !isByHand(line)).map((line) => line.split(/ {2,}/));
  expect(words).toEqual([
    ['Outcome', 'Endpoint', 'Purpose', 'Meaning'],
    [
      'open',
      `127.0.0.1:${open}/tcp`,
      'mongodb-berlin: Apinizer configuration database port (document: 25080/tcp)',
      'something listens and answers',
    ],
    [
      'refused',
      `127.0.0.1:${closed}/tcp`,
      'elasticsearch-berlin: API Application port of the Analytics server where traffic logs are written (document: 9200/tcp)',
      'something answered with a reset: nothing listens yet, or a firewall rejects the connection',
    ],
    ['', 'most likely: nothing listens at the port yet; fewer firewalls reject connections than drop their packets'],
    ['', 'if closed: the document does not say what fails'],
    [''],
    ['1 open; not shown to be open: 1 refused'],
    [''],
  ]);
});

test('exits with code 1 if a name has no IP address, and colours outcomes on a terminal', async () => {
  const hosts = ['--hosts', 'mongodb=no-such-host.invalid', '--timeout', '2'];
  const stack = onLoopback('names.json', 27017, await portThat('listens'));
  const references = JSON.parse(readFileSync(stack, 'utf8'));
  for (const peer of references['//'].metadata.clusterPorts.peers) {
    if (peer.label === 'mongodb-berlin') Object.assign(peer, { ranges: [], references: ['data.x.y.z'] });
  }
  const { code, stdout } = await cli([...VERIFY, file('names.json', JSON.stringify(references)), ...hosts], {
    isTTY: true,
  });
  expect(code).toBe(1);
  expect(stdout).toContain('\u001b[31mname not found\u001b[39m  no-such-host.invalid:27017/tcp');
  expect(stdout).toContain('\u001b[32mopen\u001b[39m  ');
});

test('exits with code 2 if nothing could be tried, and says why', async () => {
  const { code, stdout, stderr } = await cli([...VERIFY, HYBRID]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  const isByHand = (line: string): boolean => line.startsWith('    by hand: nc -zv <');
  expect(
    stdout
      .split('\n')
      .filter((line) => !isByHand(line))
      .map((line) => line.split(/ {2,}/).at(-1)),
  ).toEqual([
    'Meaning',
    '10.8.0.0/28 is more than one IP address: name its machines with --hosts',
    'if closed: the document does not say what fails',
    '10.8.0.16/28 is more than one IP address: name its machines with --hosts',
    'if closed: the document does not say what fails',
    '',
    '2 connections not evaluated',
    '',
  ]);
});

test('writes JSON and JUnit for programs, also to a file', async () => {
  const port = await portThat('listens');
  const stack = onLoopback('programs.json', port, port);
  const json = await cli([...VERIFY, stack, '--format', 'json']);
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({
    passed: true,
    results: [{ host: '127.0.0.1', port, outcome: 'open' }],
  });
  const target = join(path, 'junit.xml');
  expect(await cli([...VERIFY, stack, '--format', 'junit', '-o', target])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(target, 'utf8')).toContain(
    '<testsuite name="cluster-ports verify" tests="1" failures="0" errors="0" skipped="0"',
  );
});

test('writes the script of the example without trying anything', async () => {
  const hosts = ['mongodb-berlin=10.8.0.4,10.8.0.5', 'elasticsearch-berlin=10.8.0.20'].flatMap((each) => [
    '--hosts',
    each,
  ]);
  const script = readFileSync(join(__dirname, '../../examples/documents/apinizer-hybrid/verify.sh'), 'utf8');
  expect(await cli([...VERIFY, HYBRID, ...hosts, '--script'])).toEqual({ code: 0, stdout: script, stderr: '' });
});

test('takes a fraction of a second as the timeout', async () => {
  const port = await portThat('listens');
  const stack = onLoopback('parts.json', port, port);
  expect(await cli([...VERIFY, stack, '--timeout', '2.0005'])).toMatchObject({ code: 0, stderr: '' });
  expect((await cli([...VERIFY, stack, '--timeout', '2.0005', '--script'])).stdout).toContain('\nseconds=3\n');
});

test('fails without a role, and for a role that is the source of no flow', async () => {
  await expectUsageError(
    ['verify', HYBRID],
    "cluster-ports verify: required option '--as, --role <role>' not specified",
  );
  await expectBadInput(['verify', HYBRID, '--as', 'workers'], 'role-unknown');
});

test('fails for hosts of an unknown destination, and for an invalid timeout', async () => {
  await expectBadInput([...VERIFY, HYBRID, '--hosts', 'mongo=10.8.0.4'], 'destination-unknown');
  await expectBadInput([...VERIFY, HYBRID, '--timeout', 'abc'], 'timeout-invalid');
  for (const timeout of ['0', ' 4', '4\n', '0x4', '04', '1e1', '']) {
    await expectBadInput([...VERIFY, HYBRID, '--timeout', timeout], 'timeout-invalid');
  }
});

test('takes the role by the flag of host-rules too', async () => {
  const call = (flag: string): string[] => ['verify', HYBRID, flag, 'worker', '--for', 'goss'];
  const { code, stdout } = await cli(call('--role'));
  expect({ code, stdout }).toEqual({ code: 0, stdout: (await cli(call('--as'))).stdout });
  expect(stdout).toContain('25080');
});
