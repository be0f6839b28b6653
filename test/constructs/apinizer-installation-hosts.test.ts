import { Testing, type TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  ExternalProxy,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  LinuxDistribution,
  type ApinizerInstallationHostnamesProps,
} from '../../lib';
import { newStack } from '../support/clouds';
import { letOut } from '../support/hosts';
import { expectNothingMade } from '../support/refusals';

const FILTERS = [
  { name: 'AWS', through: new AwsNetworkFirewallRuleGroup() },
  { name: 'GCP', through: new GcpSecureWebProxy({ location: 'europe-west3', project: 'net-host' }) },
];
const CLOUD = ['443/tcp *.amazonaws.com', '443/tcp *.docker.com', '443/tcp *.docker.io', '443/tcp *.k8s.io'];
const OTHERS = ['443/tcp *.mongodb.org', '443/tcp artifacts.elastic.co'];
const UBUNTU = ['443/tcp archive.ubuntu.com', '80/tcp archive.ubuntu.com'];
const RED_HAT = ['443/tcp cdn.redhat.com'];

function install(stack: TerraformStack, props: object): ApinizerInstallationHostnames {
  return new ApinizerInstallationHostnames(stack, 'hosts', props as ApinizerInstallationHostnamesProps);
}

describe.each(FILTERS)('on $name', ({ through }) => {
  test('lets out the hosts of the document and no others', () => {
    const stack = newStack();
    install(stack, { through });
    expect(letOut(stack)).toEqual([...CLOUD, ...OTHERS, ...UBUNTU, ...RED_HAT].sort());
    expect(Testing.synth(stack)).toMatchSnapshot();
  });

  test.each([
    [LinuxDistribution.UBUNTU, UBUNTU],
    [LinuxDistribution.RED_HAT, RED_HAT],
  ])('lets out the package host of %s alone where it is named', (distribution, packages) => {
    const stack = newStack();
    install(stack, { through, distribution });
    expect(letOut(stack)).toEqual([...CLOUD, ...OTHERS, ...packages].sort());
  });

  test('leaves hosts out, and adds what the document leaves out where it is named', () => {
    const stack = newStack();
    const omit = ['amazonaws-com', 'mongodb-org', 'elastic-artifacts', 'red-hat-packages', 'ubuntu-packages'];
    install(stack, { through, omit, supplements: ['flannel-images', 'ubuntu-security'] });
    const added = ['443/tcp ghcr.io', '443/tcp security.ubuntu.com', '80/tcp security.ubuntu.com'];
    expect(letOut(stack)).toEqual([...CLOUD.slice(1), ...added].sort());
  });

  test('says that they are opened here', () => {
    const stack = newStack();
    const { hostnames } = install(stack, { through });
    expect(hostnames.map(({ external }) => external)).toEqual(hostnames.map(() => false));
    expect(hostnames).toHaveLength(8);
  });

  test('is the same Terraform under another name and in another order of words', () => {
    const [left, right] = [newStack(), newStack()];
    install(left, { through, supplements: ['flannel-images', 'docker-images'] });
    new ApinizerInstallationHostnames(right, 'renamed', { through, supplements: ['docker-images', 'flannel-images'] });
    expect(Testing.synth(right)).toBe(Testing.synth(left));
  });
});

test('asks for the hosts where others let them out', () => {
  const stack = newStack();
  const { hostnames, addresses } = install(stack, { through: ExternalProxy.named('corporate proxy') });
  expect(letOut(stack)).toEqual([]);
  expect(addresses).toEqual([]);
  expect(hostnames.map(({ external, through }) => `${through} ${external}`)).toEqual(
    Array.from({ length: 8 }, () => 'corporate proxy true'),
  );
  const { documents, hostnames: recorded } = stack.toTerraform()['//'].metadata.clusterPorts;
  expect(Object.keys(documents)).toEqual(['apinizer-installation-hosts@2024-12']);
  expect(recorded[4]).toEqual({
    document: 'apinizer-installation-hosts@2024-12',
    row: 'k8s-io',
    section: 'Addresses to Access for Installations',
    portsBasis: 'inferred',
    hostname: '*.k8s.io',
    ports: ['443/tcp'],
    through: 'corporate proxy',
    external: true,
    construct: 'stack/hosts',
    rules: {},
  });
});

test('the provenance names the lists in which a host stands', () => {
  const stack = newStack();
  install(stack, { through: FILTERS[0].through, supplements: ['ubuntu-security'] });
  const { hostnames } = stack.toTerraform()['//'].metadata.clusterPorts;
  const [tls, http] = ['hosts_apinizer-installation-hosts-tls', 'hosts_apinizer-installation-hosts-http'];
  const rulesOf = (row: string): unknown =>
    hostnames.find((hostname: any) => hostname.row === row).rules.aws_networkfirewall_rule_group;
  expect(rulesOf('docker-io')).toEqual([tls]);
  expect(rulesOf('ubuntu-security')).toEqual([`${http} ${tls}`]);
  expect(hostnames.find((hostname: any) => hostname.row === 'ubuntu-security').supplement).toBe(
    'security updates of Ubuntu come from a host of their own; a later edition of the document names it',
  );
});

describe('the edition of 2026-03', () => {
  const through = FILTERS[1].through;
  const edition = '2026-03';

  test('lets out security updates of Ubuntu and mongodb.com without being asked', () => {
    const stack = newStack();
    const { hostnames } = install(stack, { through, edition });
    const added = ['443/tcp *.mongodb.com', '443/tcp security.ubuntu.com', '80/tcp security.ubuntu.com'];
    expect(letOut(stack)).toEqual([...CLOUD, ...OTHERS, ...UBUNTU, ...RED_HAT, ...added].sort());
    expect(new Set(hostnames.map(({ table }) => table.edition))).toEqual(new Set([edition]));
  });

  test('has two package hosts of Ubuntu, and none of them on Red Hat', () => {
    const [ubuntu, redHat] = Object.values(LinuxDistribution).map((distribution) => {
      const stack = newStack();
      install(stack, { through, edition, distribution });
      return letOut(stack).filter((line) => /ubuntu|redhat/.test(line));
    });
    expect(ubuntu).toEqual([...UBUNTU, '443/tcp security.ubuntu.com', '80/tcp security.ubuntu.com'].sort());
    expect(redHat).toEqual(RED_HAT);
  });

  test('moves no address of what stays', () => {
    const addresses = (props: object): readonly string[] => install(newStack(), { through, ...props }).addresses;
    expect(addresses({ edition })).toEqual(addresses({}));
  });
});

test.each([
  ['github-content', '*.githubusercontent.com', 'on GitHub', 'the hosts'],
  ['kubernetes-images', '*.pkg.dev', 'in registries of Google', 'those of your region'],
  ['docker-images', '*.r2.cloudflarestorage.com', 'in buckets of Cloudflare', 'the bucket'],
])('warns of the supplement %s, where anyone can have a name', (supplement, host, where, exact) => {
  const props = { through: FILTERS[0].through, omit: ['amazonaws-com'], supplements: [supplement] };
  expect(install(newStack(), props).node.metadata.map(({ data }) => data)).toEqual([
    `${host} lets out to whatever anyone hosts ${where}: take "${supplement}" out of supplements and name ${exact} in a table of your own`,
  ]);
});

test('warns of the host that anyone can have on AWS, while it is let out', () => {
  const warnings = (props: object): unknown[] =>
    install(newStack(), { through: FILTERS[0].through, ...props }).node.metadata.map(({ data }) => data);
  expect(warnings({})).toEqual([
    '*.amazonaws.com lets out to whatever anyone hosts on AWS: omit "amazonaws-com" and name the buckets of your region',
  ]);
  expect(warnings({ omit: ['amazonaws-com'] })).toEqual([]);
});

describe('fails for', () => {
  const place = 'ApinizerInstallationHostnames "stack/hosts"';
  const through = new AwsNetworkFirewallRuleGroup();
  test.each<[string, object, string]>([
    [
      'wildcards where only exact names work',
      { through: new GcpFirewallPolicy({ policy: 'prod' }) },
      'a firewall policy of GCP lets out exact names only, got "*.docker.com" of row docker-com and 4 more; did you mean ' +
        'a GcpSecureWebProxy, or omit: ["docker-com", "docker-io", "k8s-io", "amazonaws-com", "mongodb-org"] and a table ' +
        'of your own with the exact names?',
    ],
    [
      'no filter',
      { through: 'proxy' },
      'through must be what lets hosts out by their names, got "proxy"; did you mean an AwsNetworkFirewallRuleGroup, ' +
        'a GcpSecureWebProxy, a GcpFirewallPolicy, or ExternalProxy.named(name)?',
    ],
    [
      'another edition',
      { through, edition: '2026-02' },
      'edition must be one of apinizer-installation-hosts (2024-12, 2026-03), got "2026-02"; did you mean "2024-12"?',
    ],
    [
      'another distribution',
      { through, distribution: 'debian' },
      'distribution must be one of LinuxDistribution, got "debian"; did you mean LinuxDistribution.UBUNTU?',
    ],
    [
      'a row that the table does not have',
      { through, omit: ['docker'] },
      'omit must name hosts of the table (ubuntu-packages, red-hat-packages, docker-com, docker-io, k8s-io, amazonaws-com, ' +
        'mongodb-org, elastic-artifacts), got "docker"; did you mean "docker-io"?',
    ],
    [
      'a supplement that the table does not have',
      { through, supplements: ['flannel'] },
      'supplements must name hosts of the table (ubuntu-security, ubuntu-mirrors, mongodb-com, flannel-manifest, ' +
        'flannel-images, github-content, kubernetes-images, docker-images), got "flannel"; did you mean "flannel-images"?',
    ],
    ['a name alone', { through, omit: 'docker-io' }, 'omit must be a list of row names, got "docker-io"'],
    [
      'a name alone beside a distribution',
      { through, omit: 'docker-io', distribution: 'ubuntu' },
      'omit must be a list of row names, got "docker-io"',
    ],
    [
      'nothing left',
      {
        through,
        omit: [
          'docker-com',
          'docker-io',
          'k8s-io',
          'amazonaws-com',
          'mongodb-org',
          'elastic-artifacts',
          'ubuntu-packages',
        ],
        distribution: LinuxDistribution.UBUNTU,
      },
      'at least one host must be left, got none; did you mean no construct at all?',
    ],
    [
      'no properties',
      undefined as any,
      'an object with what lets hosts out is needed, got nothing; did you mean { through }?',
    ],
  ])('%s', (_what, props, sentence) => {
    expectNothingMade((stack) => install(stack, props), `${place}: ${sentence}`);
  });
});
