import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '../../lib/testing';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  GcpSecureWebProxy,
  type GcpSecureWebProxyProps,
  type IHostnameFilter,
} from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

const LIST = 'google_network_security_url_lists';

/** Writes a stack whose machines connect through a proxy in each location, and a change of its resources. */
function written(locations: readonly string[], change: (resources: Json) => void = () => undefined): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
  new GoogleProvider(stack, 'google', { project: 'p-one' });
  for (const location of locations) {
    const through = new GcpSecureWebProxy({ location, policy: `proxy-${location}`, namePrefix: location });
    new ApinizerInstallationHostnames(stack, location, { through });
  }
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  change(json.resource);
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

const listFor443 = (resources: Json): Json =>
  Object.entries<Json>(resources[LIST]).find(([name]) => name.endsWith('-443'))![1];

/** The sources and destinations that the matrix prints, and whether it says that they are open. */
async function printed(file: string): Promise<{ from: string; to: string; port: string; isOpen: boolean }[]> {
  const { hostnames, undocumented } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
  return [
    ...hostnames.flatMap(({ through, allowed, notKnownToBeOpen, notDocumented, closed }: Json) =>
      allowed.flatMap(({ port, names }: Json) =>
        names.map((to: string) => ({
          from: `machines behind ${through}`,
          to,
          port,
          isOpen: (notKnownToBeOpen ?? notDocumented ?? closed) === undefined,
        })),
      ),
    ),
    ...undocumented.map(({ source, destination, port, notKnownToBeOpen }: Json) => ({
      from: source.label,
      to: destination.label,
      port,
      isOpen: notKnownToBeOpen === undefined,
    })),
  ];
}

async function verdictOn(file: string, from: string, to: string, port: string): Promise<string> {
  const asked = ['explain', file, '--from', from, '--to', to, '--port', port, '--format', 'json'];
  const { stdout, stderr } = await cli(asked);
  return stdout === '' ? stderr : JSON.parse(stdout).verdict;
}

test.each<[string, (resources: Json) => void]>([
  ['as they are', () => undefined],
  ['with a hostname that no row has', (resources) => listFor443(resources).values.push('evil.example')],
  ['with a URL that is no hostname', (resources) => listFor443(resources).values.push('*')],
  ['with a list that is not known', (resources) => (listFor443(resources).values = '${var.x}')],
])('explain takes every name of the matrix and says the same: rules %s', async (_what, change) => {
  const file = written(['europe-west3'], change);
  for (const { from, to, port, isOpen } of await printed(file)) {
    expect({ from, to, port, verdict: await verdictOn(file, from, to, port) }).toEqual({
      from,
      to,
      port,
      verdict: isOpen ? 'passes' : 'not known',
    });
    if (isOpen) expect(file).toPermit({ from, to, port });
  }
});

const PROXIES = ['europe-west3', 'europe-west4'].map(
  (location) => `Secure Web Proxy (p-one/${location}/proxy-${location})`,
);

test.each(['machines behind Secure Web Proxy', 'through Secure Web Proxy'])(
  '%s, of which there are two, is an error, and the suggested names work',
  async (name) => {
    const file = written(['europe-west3', 'europe-west4']);
    const packet = ['--to', '*.docker.com', '--port', '443/tcp'];
    const sentence = await expectBadInput(['explain', file, ...packet, '--from', name], 'group-ambiguous');
    const names = [...sentence.matchAll(/"(machines behind Secure Web Proxy \([^"]*\))"/g)];
    expect(names.map(([, text]) => text)).toEqual(PROXIES.map((proxy) => `machines behind ${proxy}`));
    expect(() => {
      expect(file).toPermit({ from: name, to: '*.docker.com', port: '443/tcp' });
    }).toThrow('by a name that only one of them has');
    for (const [, text] of names) {
      expect(await verdictOn(file, text, '*.docker.com', '443/tcp')).toBe('passes');
      expect(file).toPermit({ from: text, to: '*.docker.com', port: '443/tcp' });
    }
  },
);

const OUTPUTS = [
  ['matrix'],
  ...['csv', 'markdown', 'json'].map((format) => ['matrix', '--format', format]),
  ...['text', 'csv', 'markdown'].map((format) => ['request', '--all', '--format', format]),
  ...['mermaid', 'dot'].map((format) => ['diagram', '--format', format]),
  ['commands'],
];

test.each(OUTPUTS.map((output) => [output]))('%j has a name for each of two filters', async ([command, ...options]) => {
  const { stdout } = await cli([command, written(['europe-west3', 'europe-west4']), ...options]);
  expect([...new Set(stdout.match(/Secure Web Proxy(?: \([^)]*\))?/g))].sort()).toEqual(PROXIES);
});

test.each([[], ['--format', 'json'], ['--format', 'junit'], ['--script']])(
  'verify %s %s has only the filter of the machines that are named',
  async (...options) => {
    const file = written(['europe-west3', 'europe-west4']);
    const { stdout } = await cli(['verify', file, '--as', `machines behind ${PROXIES[1]}`, ...options]);
    expect([...new Set(stdout.match(/Secure Web Proxy(?: \([^)]*\))?/g))]).toEqual([PROXIES[1]]);
  },
);

/** Writes a stack with two filters of a kind, and returns the names of the filters in the matrix. */
async function filtersOf(first: () => IHostnameFilter, second: (alias: Json) => IHostnameFilter): Promise<string[]> {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
  new GoogleProvider(stack, 'google', { project: 'p-one' });
  const alias = new GoogleProvider(stack, 'two', { project: 'p-two', alias: 'two' });
  const omit = ['docker-com', 'docker-io', 'k8s-io', 'amazonaws-com', 'mongodb-org'];
  new ApinizerInstallationHostnames(stack, 'first', { through: first(), omit });
  new ApinizerInstallationHostnames(stack, 'second', { through: second(alias), omit });
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const { hostnames } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
  const names = [...new Set<string>(hostnames.map(({ through }: Json) => through))];
  for (const name of names) {
    const verdict = await verdictOn(file, `machines behind ${name}`, 'cdn.redhat.com', '443/tcp');
    expect(['passes', 'not known']).toContain(verdict);
  }
  return names;
}

const proxy = (props: Partial<GcpSecureWebProxyProps>): GcpSecureWebProxy =>
  new GcpSecureWebProxy({ location: 'europe-west3', ...props });
const policy = (props: Partial<GcpFirewallPolicyProps>): GcpFirewallPolicy =>
  new GcpFirewallPolicy({ policy: 'egress', ...props });
const ACCOUNT = 'db@p-one.iam.gserviceaccount.com';

test.each<[string, () => IHostnameFilter, (alias: Json) => IHostnameFilter, string[]]>([
  [
    'proxies with different policies',
    () => proxy({ policy: 'blue' }),
    () => proxy({ policy: 'green', namePrefix: 'b' }),
    ['Secure Web Proxy (p-one/europe-west3/blue)', 'Secure Web Proxy (p-one/europe-west3/green)'],
  ],
  [
    'proxies in different projects',
    () => proxy({}),
    () => proxy({ policy: 'outbound-hosts-two', project: 'project-two', namePrefix: 'b' }),
    [
      'Secure Web Proxy (p-one/europe-west3/outbound-hosts)',
      'Secure Web Proxy (project-two/europe-west3/outbound-hosts-two)',
    ],
  ],
  [
    'proxies of different providers',
    () => proxy({ policy: 'blue' }),
    (provider) => proxy({ policy: 'green', provider, namePrefix: 'b' }),
    ['Secure Web Proxy (p-one/europe-west3/blue)', 'Secure Web Proxy (p-two/europe-west3/green)'],
  ],
  [
    'firewall policies',
    () => policy({}),
    () => policy({ policy: 'projects/project-two/global/firewallPolicies/egress', namePrefix: 'b' }),
    ['a firewall policy of GCP (p-one/egress)', 'a firewall policy of GCP (project-two/egress)'],
  ],
  [
    'service accounts of one firewall policy',
    () => policy({}),
    () => policy({ targetServiceAccounts: [ACCOUNT], namePrefix: 'b', priority: 3000 }),
    ['a firewall policy of GCP (p-one/egress)', `a firewall policy of GCP (p-one/egress, ${ACCOUNT})`],
  ],
  [
    'one proxy of two constructs',
    () => proxy({}),
    () => proxy({ namePrefix: 'b', priority: 3000 }),
    ['Secure Web Proxy'],
  ],
  [
    'a proxy and a firewall policy',
    () => proxy({}),
    () => policy({}),
    ['Secure Web Proxy', 'a firewall policy of GCP'],
  ],
])('different filters have different names, which explain takes: %s', async (_what, first, second, expected) => {
  expect(await filtersOf(first, second)).toEqual(expected);
});

test('a filter has the values of its resources, whatever its provenance says', async () => {
  const file = written(['europe-west3', 'europe-west4']);
  const json = JSON.parse(readFileSync(file, 'utf8'));
  for (const { filter } of json['//'].metadata.clusterPorts.hostnames) filter.policy = filter.location = 'forged';
  writeFileSync(file, JSON.stringify(json));
  const { stdout } = await cli(['matrix', file]);
  expect([...new Set(stdout.match(/Secure Web Proxy(?: \([^)]*\))?/g))]).toEqual(PROXIES);
});

test('a hostname at two ports names the list of the port that is not known', async () => {
  const file = written(['europe-west3'], (resources) => {
    for (const list of Object.values<Json>(resources[LIST])) list.values = '${var.x}';
  });
  const { hostnames } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
  const { rules } = hostnames.find(({ hostname }: Json) => hostname === 'cdn.redhat.com');
  expect(rules.filter((address: string) => address.startsWith(LIST))).toEqual([expect.stringMatching(/-443$/)]);
});
