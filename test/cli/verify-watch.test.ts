import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import { parse, parseAllDocuments } from 'yaml';
import { ApinizerDataStoreRules, ExternalHosts, Port } from '../../lib';
import { cli, expectBadInput, expectUsageError, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function listening(port = 0): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

/** Writes a stack whose database listens at a port of this machine. */
function stackWith(mongodb: number, elasticsearch: number): string {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new ApinizerDataStoreRules(stack, 'data-stores', {
    workers: ExternalHosts.named('workers', '10.1.1.0/24'),
    mongodb: ExternalHosts.named('mongodb', '127.0.0.1/32'),
    elasticsearch: ExternalHosts.named('elasticsearch', '127.0.0.1/32'),
    ports: { mongodb: Port.tcp(mongodb), elasticsearch: Port.tcp(elasticsearch) },
  });
  return file(`${mongodb}-${elasticsearch}.json`, JSON.stringify(stack.toTerraform()));
}

const VERIFY = ['verify', '--as', 'worker'];
const WATCH = [...VERIFY, '--watch', '--interval', '0.2'];

/** Returns a port at which nothing listens any more. */
async function closedPort(): Promise<number> {
  const port = await listening();
  await new Promise((resolve) => servers.pop()!.close(resolve));
  return port;
}

test('repeats the checks until all are open, with a line for each change', async () => {
  const [open, later] = [await listening(), await closedPort()];
  const opening = setTimeout(() => void listening(later), 300);
  const { code, stdout, stderr } = await cli([...WATCH, stackWith(open, later)]);
  clearTimeout(opening);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\n2 open\n$/);
  const lines = stderr.split('\n').map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, ''));
  expect(lines).toEqual([
    '1 of 2 open, 1 refused',
    expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1:${later}/tcp: refused, now open {2}elasticsearch: `)),
    '',
  ]);
});

test('shows the state on one line of a terminal, and removes it at the end', async () => {
  const open = await listening();
  const { code, stderr } = await cli([...WATCH, stackWith(open, open), '--accept', 'refused'], { isTTY: true });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^\r\u001b\[K\d\d:\d\d:\d\d {2}1 of 1 open\r\u001b\[K$/);
});

test('says when it tries again, and gives up with code 1 and the report', async () => {
  const closed = await closedPort();
  const stack = stackWith(closed, closed);
  const { code, stdout, stderr } = await cli([...WATCH, '--give-up-after', '0.1', stack], { isTTY: true });
  expect(code).toBe(1);
  expect(stderr).toContain('0 of 1 open, 1 refused');
  expect(stdout).toContain('not shown to be open: 1 refused');
  const target = join(path, 'junit.xml');
  const junit = ['--give-up-after', '0.1', '--format', 'junit', '-o', target];
  expect((await cli([...WATCH, ...junit, stack])).code).toBe(1);
  expect(readFileSync(target, 'utf8')).toContain('failures="1"');
});

test('ends at once with code 2 if nothing can be tried', async () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const [workers, mongodb, elasticsearch] = ['workers', 'mongodb', 'elasticsearch'].map((name, at) =>
    ExternalHosts.named(name, `10.1.${at}.0/24`),
  );
  new ApinizerDataStoreRules(stack, 'data-stores', { workers, mongodb, elasticsearch });
  const { code } = await cli([...WATCH, file('ranges.json', JSON.stringify(stack.toTerraform()))]);
  expect(code).toBe(2);
});

test('writes a file for Goss, a Job and a script without trying anything', async () => {
  const stack = stackWith(27017, 9200);
  const goss = await cli([...VERIFY, stack, '--for', 'goss', '--timeout', '2']);
  expect([goss.code, goss.stderr]).toEqual([0, '']);
  expect(parse(goss.stdout)).toEqual({
    addr: {
      'tcp://127.0.0.1:27017': {
        title: 'mongodb: Apinizer configuration database port (document: 25080/tcp)',
        meta: { remarks: ['if closed: the document does not say what fails'] },
        reachable: true,
        timeout: 2000,
      },
      'tcp://127.0.0.1:9200': {
        title: 'elasticsearch: API Application port of the Analytics server where traffic logs are written',
        meta: { remarks: ['if closed: the document does not say what fails'] },
        reachable: true,
        timeout: 2000,
      },
    },
  });
  const script = await cli([...VERIFY, stack, '--for', 'script', '--accept', 'refused']);
  expect(await cli([...VERIFY, stack, '--script', '--accept', 'refused'])).toEqual(script);
  const ofJob = ['--for', 'job', '--accept', 'refused'];
  const where = [
    '--namespace',
    'prod',
    '--labels',
    'app=web,app.kubernetes.io/part-of=shop',
    '--image',
    'registry:5000/nc:1',
  ];
  const job = await cli([...VERIFY, stack, ...ofJob, ...where]);
  const [configMap, manifest] = parseAllDocuments(job.stdout).map((document) => document.toJS());
  expect(configMap.data).toEqual({ 'verify.sh': script.stdout });
  expect(manifest.metadata.namespace).toBe('prod');
  expect(manifest.spec.template.metadata.labels).toEqual({ app: 'web', 'app.kubernetes.io/part-of': 'shop' });
  expect(manifest.spec.template.spec.containers[0].image).toBe('registry:5000/nc:1');
});

test('has an image and a namespace by default', async () => {
  const { stdout } = await cli([...VERIFY, stackWith(27017, 9200), '--for', 'job']);
  const [, manifest] = parseAllDocuments(stdout).map((document) => document.toJS());
  expect(manifest.metadata.namespace).toBe('default');
  expect(manifest.spec.template.spec.containers[0].image).toBe('docker.io/library/busybox:1.37');
});

test.each<[string[], Parameters<typeof expectBadInput>[1]]>([
  [['--interval', '5'], 'option-needs-another'],
  [['--give-up-after', '5'], 'option-needs-another'],
  [['--namespace', 'prod'], 'option-needs-another'],
  [['--labels', 'app=web', '--for', 'goss'], 'option-needs-another'],
  [['--image', 'busybox', '--script'], 'option-needs-another'],
  [['--watch', '--interval', '0'], 'timeout-invalid'],
  [['--watch', '--give-up-after', '1e9'], 'timeout-invalid'],
  [['--for', 'gos'], 'option-value-unknown'],
  [['--for', 'job', '--namespace', 'Prod'], 'option-value-unknown'],
  [['--for', 'job', '--namespace', 'a; rm -rf /'], 'option-value-unknown'],
  [['--for', 'job', '--labels', 'app'], 'option-value-unknown'],
  [['--for', 'job', '--labels', 'app=a b'], 'option-value-unknown'],
  [['--for', 'job', '--image', 'busybox\nevil'], 'option-value-unknown'],
  [['--for', 'goss', '--accept', 'refused'], 'goss-accepts-nothing'],
])('fails for %j', async (options, code) => {
  await expectBadInput([...VERIFY, stackWith(27017, 9200), ...options], code);
});

test('fails for forms together with --watch', async () => {
  const stack = stackWith(27017, 9200);
  for (const form of [['--script'], ['--for', 'goss']]) {
    const sentence = `cluster-ports verify: option '--watch' cannot be used with option '${form[0] === '--script' ? '--script' : '--for <form>'}'`;
    await expectUsageError([...VERIFY, stack, '--watch', ...form], sentence);
  }
});
