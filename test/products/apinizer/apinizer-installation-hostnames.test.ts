import { terraformAddresses } from '../../support/opened';
import { type TerraformStack, Testing } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  type ApinizerInstallationHostnamesProps,
  AwsNetworkFirewallRuleGroup,
  ExternalProxy,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  LinuxDistribution,
} from '../../../lib';
import type { IConstruct } from 'constructs';
import { newStack } from '../../support/clouds';
import { allowedHostnames } from '../../support/allowed-hostnames';
import { expectNothingCreated } from '../../support/refusals';

const FILTERS = [
  { name: 'AWS', through: new AwsNetworkFirewallRuleGroup() },
  { name: 'GCP', through: new GcpSecureWebProxy({ location: 'europe-west3', project: 'net-host' }) },
];
const CLOUD = ['443/tcp *.amazonaws.com', '443/tcp *.docker.com', '443/tcp *.docker.io', '443/tcp *.k8s.io'];
const OTHERS = ['443/tcp *.mongodb.org', '443/tcp artifacts.elastic.co'];
const UBUNTU = ['443/tcp archive.ubuntu.com', '80/tcp archive.ubuntu.com'];
const RED_HAT = ['443/tcp cdn.redhat.com'];

function install(stack: TerraformStack, props: object): ApinizerInstallationHostnames {
  return new ApinizerInstallationHostnames(stack, 'hostnames', props as ApinizerInstallationHostnamesProps);
}

describe.each(FILTERS)('on $name', ({ through }) => {
  test('allows exactly the hostnames of the document', () => {
    const stack = newStack();
    install(stack, { through });
    expect(allowedHostnames(stack)).toEqual([...CLOUD, ...OTHERS, ...UBUNTU, ...RED_HAT].sort());
    expect(Testing.synth(stack)).toMatchSnapshot();
  });

  test.each([
    [LinuxDistribution.UBUNTU, UBUNTU],
    [LinuxDistribution.RED_HAT, RED_HAT],
  ])('allows only the package hostname of %s with that distribution', (distribution, packages) => {
    const stack = newStack();
    install(stack, { through, distribution });
    expect(allowedHostnames(stack)).toEqual([...CLOUD, ...OTHERS, ...packages].sort());
  });

  test('omits rows, and adds the supplements that are named', () => {
    const stack = newStack();
    const omit = ['amazonaws-com', 'mongodb-org', 'elastic-artifacts', 'red-hat-packages', 'ubuntu-packages'];
    install(stack, { through, omit, supplements: ['flannel-images', 'ubuntu-security'] });
    const added = ['443/tcp ghcr.io', '443/tcp security.ubuntu.com', '80/tcp security.ubuntu.com'];
    expect(allowedHostnames(stack)).toEqual([...CLOUD.slice(1), ...added].sort());
  });

  test('marks no hostname as external', () => {
    const stack = newStack();
    const { hostnames } = install(stack, { through });
    expect(hostnames.map(({ external }) => external)).toEqual(hostnames.map(() => false));
    expect(hostnames).toHaveLength(8);
  });

  test('gives the same Terraform with a different construct id and order of supplements', () => {
    const [left, right] = [newStack(), newStack()];
    install(left, { through, supplements: ['flannel-images', 'docker-images'] });
    new ApinizerInstallationHostnames(right, 'renamed', { through, supplements: ['docker-images', 'flannel-images'] });
    expect(Testing.synth(right)).toBe(Testing.synth(left));
  });
});

test('creates nothing for an external proxy, and marks every hostname as external', () => {
  const stack = newStack();
  const { hostnames, dependables } = install(stack, { through: ExternalProxy.named('corporate proxy') });
  expect(allowedHostnames(stack)).toEqual([]);
  expect(dependables).toEqual([]);
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
    construct: 'stack/hostnames',
    rules: {},
  });
});

test('the provenance names the allow-lists that have a hostname', () => {
  const stack = newStack();
  install(stack, { through: FILTERS[0].through, supplements: ['ubuntu-security'] });
  const { hostnames } = stack.toTerraform()['//'].metadata.clusterPorts;
  const [tls, http] = ['hosts_apinizer-installation-hosts-tls', 'hosts_apinizer-installation-hosts-http'];
  const rulesOf = (row: string): unknown =>
    hostnames.find((hostname: any) => hostname.row === row).rules.aws_networkfirewall_rule_group;
  expect(rulesOf('docker-io')).toEqual([tls]);
  expect(rulesOf('ubuntu-security')).toEqual([`${http} ${tls}`]);
  expect(hostnames.find((hostname: any) => hostname.row === 'ubuntu-security').supplement).toBe(
    'Ubuntu serves security updates from a separate hostname; a later edition of the document names it',
  );
});

describe('the edition of 2026-03', () => {
  const through = FILTERS[1].through;
  const edition = '2026-03';

  test('allows security updates of Ubuntu and mongodb.com without a supplement', () => {
    const stack = newStack();
    const { hostnames } = install(stack, { through, edition });
    const added = ['443/tcp *.mongodb.com', '443/tcp security.ubuntu.com', '80/tcp security.ubuntu.com'];
    expect(allowedHostnames(stack)).toEqual([...CLOUD, ...OTHERS, ...UBUNTU, ...RED_HAT, ...added].sort());
    expect(new Set(hostnames.map(({ table }) => table.edition))).toEqual(new Set([edition]));
  });

  test('has two package hostnames of Ubuntu, and neither of them for Red Hat', () => {
    const [ubuntu, redHat] = Object.values(LinuxDistribution).map((distribution) => {
      const stack = newStack();
      install(stack, { through, edition, distribution });
      return allowedHostnames(stack).filter((line) => /ubuntu|redhat/.test(line));
    });
    expect(ubuntu).toEqual([...UBUNTU, '443/tcp security.ubuntu.com', '80/tcp security.ubuntu.com'].sort());
    expect(redHat).toEqual(RED_HAT);
  });

  test('moves no Terraform address of a hostname that stays', () => {
    const addresses = (props: object): readonly string[] =>
      terraformAddresses(install(newStack(), { through, ...props }));
    expect(addresses({ edition })).toEqual(addresses({}));
  });
});

const warningsOf = ({ node }: IConstruct): unknown[] =>
  node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);

test.each([
  ['github-content', '*.githubusercontent.com', 'on GitHub', 'the hostnames'],
  ['kubernetes-images', '*.pkg.dev', 'in Google registries', 'those of your region'],
  ['docker-images', '*.r2.cloudflarestorage.com', 'in Cloudflare buckets', 'the bucket'],
])('warns about the supplement %s, under which anyone can publish', (supplement, hostname, where, exact) => {
  const props = { through: FILTERS[0].through, omit: ['amazonaws-com'], supplements: [supplement] };
  expect(warningsOf(install(newStack(), props))).toEqual([
    `${hostname} allows traffic to anything that anyone hosts ${where}: remove "${supplement}" from supplements and list ${exact} in a table of your own`,
  ]);
});

test('warns about the hostname under which anyone can publish on AWS, unless it is omitted', () => {
  const warnings = (props: object): unknown[] =>
    warningsOf(install(newStack(), { through: FILTERS[0].through, ...props }));
  expect(warnings({})).toEqual([
    '*.amazonaws.com allows traffic to anything that anyone hosts on AWS: omit "amazonaws-com" and list the buckets of your region in ' +
      'a table of your own',
  ]);
  expect(warnings({ omit: ['amazonaws-com'] })).toEqual([]);
});

describe('fails for', () => {
  const through = new AwsNetworkFirewallRuleGroup();
  test.each<[string, object, string]>([
    [
      'wildcards through a filter that takes only exact names',
      { through: new GcpFirewallPolicy({ policy: 'prod' }) },
      'wildcard-not-supported',
    ],
    ['text as filter', { through: 'proxy' }, 'hostname-filter-required'],
    ['an edition that does not exist', { through, edition: '2026-02' }, 'edition-unknown'],
    ['a distribution that is not supported', { through, distribution: 'debian' }, 'distribution-invalid'],
    ['a row that the table does not have', { through, omit: ['docker'] }, 'row-unknown'],
    ['a supplement that the table does not have', { through, supplements: ['flannel'] }, 'row-unknown'],
    ['a name that is not in a list', { through, omit: 'docker-io' }, 'row-names-invalid'],
    [
      'a name that is not in a list, with a distribution',
      { through, omit: 'docker-io', distribution: 'ubuntu' },
      'row-names-invalid',
    ],
    [
      'every row omitted',
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
      'nothing-left',
    ],
    ['no props', undefined as any, 'object-required'],
  ])('%s', (_what, props, code) => {
    expectNothingCreated((stack) => install(stack, props), code);
  });
});
