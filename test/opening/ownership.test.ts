import type { TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  ExternalProxy,
  GcpFirewall,
  GcpSecureWebProxy,
  KubeadmFlannelClusterRules,
  type Ownership,
  Peer,
  Port,
  VClusterPlatformIngressRules,
} from '../../lib';
import type { ProvenanceJson } from '../../lib/provenance/provenance-json';
import { newStack } from '../support/clouds';
import { descriptions } from '../support/opened';
import { expectNothingCreated, resourcesOf } from '../support/refusals';

const PAYMENTS = { owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' };
const group = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const firewall = new GcpFirewall({ network: 'prod' });
const web = firewall.networkTag('web');
const clients = Peer.cidr('10.0.0.0/8');

function provenanceOf(stack: TerraformStack): ProvenanceJson {
  return stack.toTerraform()['//'].metadata.clusterPorts as ProvenanceJson;
}

/** Returns the ownership of each row in the order of the provenance. */
function ownershipsOf(stack: TerraformStack): [string, object | undefined][] {
  const { flows, rowLists = [] } = provenanceOf(stack) as ProvenanceJson & {
    readonly rowLists?: readonly { readonly row: string }[][];
  };
  return flows.flatMap((flow): [string, object | undefined][] => {
    const rows = 'rowList' in flow ? rowLists[(flow as { rowList: number }).rowList] : [flow];
    return rows.map(({ row }) => [row.replace(/^.*\//, ''), flow.ownership]);
  });
}

test('every row has the ownership of its construct, and a single row has its own in place of it', () => {
  const stack = newStack();
  new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi: clients,
    platform: web,
    ownership: PAYMENTS,
    rowOwnership: { webhook: { owner: 'observability' } },
  });
  expect(ownershipsOf(stack)).toEqual([
    ['api-service', PAYMENTS],
    ['webhook', { owner: 'observability' }],
    ['management-api', PAYMENTS],
  ]);
});

test('the key of a flow comes before the name of its row', () => {
  const stack = newStack();
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    controlPlane: group,
    workers: AwsSecurityGroup.fromId('sg-0123456789abcdef1'),
    rowOwnership: { kubelet: { owner: 'nodes' }, 'control-plane>worker/kubelet': { owner: 'scheduler' } },
  });
  const owned = provenanceOf(stack).flows.filter(({ row }) => row?.endsWith('/kubelet'));
  expect(owned.map(({ row, ownership }) => `${row} ${ownership?.owner}`)).toEqual([
    'kubeadm-flannel@2024-12/control-plane-to-worker/kubelet scheduler',
    'kubeadm-flannel@2024-12/control-plane-to-control-plane/kubelet nodes',
  ]);
  expect(ownershipsOf(stack).filter(([, ownership]) => ownership !== undefined)).toHaveLength(2);
});

test('a service of Apinizer has its own ownership, or that of the construct', () => {
  const stack = newStack();
  new ApinizerNodePorts(stack, 'ports', {
    workers: web,
    ownership: { owner: 'platform' },
    gateways: [
      { environment: 'prod', clients, ownership: { owner: 'shop', expires: '2027-01-31' } },
      { environment: 'test', clients, port: 30081 },
    ],
  });
  expect(ownershipsOf(stack)).toEqual([
    ['api-gateway', { owner: 'shop', expires: '2027-01-31' }],
    ['api-gateway', { owner: 'platform' }],
  ]);
});

test('flows and hostnames of constructs have their ownership', () => {
  const rules = new VClusterPlatformIngressRules(newStack(), 'vcluster', {
    kubernetesApi: clients,
    platform: web,
    ownership: PAYMENTS,
  });
  expect(new Set(rules.flows.map(({ ownership }) => ownership))).toEqual(new Set([PAYMENTS]));
  const hosts = new ApinizerInstallationHostnames(newStack(), 'hosts', {
    through: ExternalProxy.named('proxy'),
    supplements: ['flannel-images'],
    ownership: PAYMENTS,
    rowOwnership: { 'flannel-images': { owner: 'network' } },
  });
  expect(hosts.hostnames.map(({ key, ownership }) => `${key} ${ownership?.owner}`)).toEqual([
    'ubuntu-packages payments',
    'red-hat-packages payments',
    'docker-com payments',
    'docker-io payments',
    'k8s-io payments',
    'amazonaws-com payments',
    'mongodb-org payments',
    'elastic-artifacts payments',
    'flannel-images network',
  ]);
});

const DESCRIPTION_KEY = /^.*(?=; owner)|\[.*$/g;

/** Returns what the descriptions of rules say about owners. */
function ownersIn(stack: TerraformStack): string[] {
  return descriptions(stack).map((text) => text.replace(DESCRIPTION_KEY, '').trim());
}

test('the description of a rule names owner, ticket and last day, and nothing else changes', () => {
  const opened = [undefined, PAYMENTS].map((ownership) => {
    const stack = newStack();
    new VClusterPlatformIngressRules(stack, 'vcluster', { kubernetesApi: clients, platform: group, ownership });
    return stack;
  });
  const [without, owned] = opened.map(resourcesOf);
  expect(new Set(ownersIn(opened[1]))).toEqual(new Set(['; owner payments, ticket NET-42, until 2027-03-31']));
  expect(
    JSON.parse(JSON.stringify(owned).replaceAll(/; owner payments, ticket NET-42, until 2027-03-31/g, '')),
  ).toEqual(without);
});

test('the date is part of no Terraform address', () => {
  const addresses = ['2027-03-31', '2028-03-31', undefined].map((expires) => {
    const stack = newStack();
    const ownership: Ownership = { owner: `team of ${expires}`, expires };
    new VClusterPlatformIngressRules(stack, 'aws', { kubernetesApi: clients, platform: group, ownership });
    new VClusterPlatformIngressRules(stack, 'gcp', { kubernetesApi: clients, platform: web, ownership });
    return Object.entries(resourcesOf(stack)).flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`));
  });
  expect(addresses[0].length).toBeGreaterThan(3);
  expect(addresses[1]).toEqual(addresses[0]);
  expect(addresses[2]).toEqual(addresses[0]);
});

test('a rule that constructs share has all owners, in any order of the constructs, and the last day', () => {
  const owners: Ownership[] = [PAYMENTS, { owner: 'audit', expires: '2027-12-31' }];
  for (const [first, second] of [owners, [...owners].reverse()]) {
    const stack = newStack();
    new VClusterPlatformIngressRules(stack, 'one', { kubernetesApi: clients, platform: group, ownership: first });
    new VClusterPlatformIngressRules(stack, 'two', { kubernetesApi: clients, platform: group, ownership: second });
    expect(new Set(ownersIn(stack))).toEqual(new Set(['; owners audit, payments, ticket NET-42, until 2027-12-31']));
  }
});

test('a rule that one construct wants until further notice has no last day', () => {
  const stack = newStack();
  new VClusterPlatformIngressRules(stack, 'one', { kubernetesApi: clients, platform: group, ownership: PAYMENTS });
  new VClusterPlatformIngressRules(stack, 'two', { kubernetesApi: clients, platform: group });
  expect(new Set(ownersIn(stack))).toEqual(new Set(['; owner payments, ticket NET-42']));
});

test('owners have no room in a description that would be too long for AWS, and the provenance has them', () => {
  const stack = newStack();
  const owner = 'a'.repeat(60);
  new ApinizerNodePorts(stack, 'ports', {
    workers: group,
    gateways: [
      { environment: 'prod', clients: Peer.anyIpv4('r'.repeat(100)), ownership: { owner, ticket: 'b'.repeat(60) } },
    ],
  });
  const [text] = descriptions(stack);
  expect(text.length).toBeLessThanOrEqual(255);
  expect(text).toContain(`; open to the world: ${'r'.repeat(100)} [apinizer-node-ports@2024-12/`);
  expect(text).not.toContain('bbb');
  expect(ownershipsOf(stack)).toEqual([['api-gateway', { owner, ticket: 'b'.repeat(60) }]]);
});

test('rules of hostnames name the owners of their hostnames', () => {
  const stack = newStack();
  new ApinizerInstallationHostnames(stack, 'hosts', {
    through: new GcpSecureWebProxy({ location: 'europe-west3' }),
    ownership: PAYMENTS,
  });
  const [, ...texts] = [...JSON.stringify(resourcesOf(stack)).matchAll(/"description":"([^"]*)"/g)].map(
    ([, text]) => text,
  );
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.every((text) => text.includes('; owner payments, ticket NET-42, until 2027-03-31 ['))).toBe(true);
});

describe('tags on AWS', () => {
  const tagsOf = (stack: TerraformStack): unknown[] => [
    ...new Map(
      Object.values(resourcesOf(stack))
        .flatMap((byId) => Object.values(byId))
        .map(({ tags }) => [JSON.stringify(tags), tags as unknown]),
    ).values(),
  ];

  test('rules have the tags of their owners only if asked', () => {
    for (const [ownershipTags, expected] of [
      [undefined, { team: 'network' }],
      [false, { team: 'network' }],
      [true, { team: 'network', Owner: 'payments', Ticket: 'NET-42', Expires: '2027-03-31' }],
    ] as const) {
      const stack = newStack();
      const platform = AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ownershipTags, tags: { team: 'network' } });
      new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: clients, platform, ownership: PAYMENTS });
      expect(tagsOf(stack)).toEqual([expected]);
    }
  });

  test('a shared rule has all owners, and no last day if a construct gives none', () => {
    const stack = newStack();
    const platform = AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ownershipTags: true });
    new VClusterPlatformIngressRules(stack, 'one', { kubernetesApi: clients, platform, ownership: PAYMENTS });
    expect(tagsOf(stack)).toEqual([{ Owner: 'payments', Ticket: 'NET-42', Expires: '2027-03-31' }]);
    new VClusterPlatformIngressRules(stack, 'two', { kubernetesApi: clients, platform, ownership: { owner: 'audit' } });
    expect(tagsOf(stack)).toEqual([{ Owner: 'audit, payments', Ticket: 'NET-42' }]);
  });

  test('a rule without an owner has the tags of its group', () => {
    const stack = newStack();
    const platform = AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ownershipTags: true });
    new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: clients, platform });
    expect(tagsOf(stack)).toEqual([undefined]);
  });

  test('a template in the name of an owner is not evaluated', () => {
    const stack = newStack();
    const platform = AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ownershipTags: true });
    new VClusterPlatformIngressRules(stack, 'one', {
      kubernetesApi: clients,
      platform,
      ownership: { owner: 'a ${b}' },
    });
    expect(tagsOf(stack)).toEqual([{ Owner: 'a $${b}' }]);
  });

  test('rule groups of hostnames have them too', () => {
    const stack = newStack();
    new ApinizerInstallationHostnames(stack, 'hosts', {
      through: new AwsNetworkFirewallRuleGroup({ ownershipTags: true }),
      ownership: PAYMENTS,
      rowOwnership: { 'docker-io': { owner: 'registry', expires: '2027-06-30' } },
    });
    expect(tagsOf(stack)).toEqual([
      { Owner: 'payments', Ticket: 'NET-42', Expires: '2027-03-31' },
      { Owner: 'payments, registry', Ticket: 'NET-42', Expires: '2027-06-30' },
    ]);
  });

  test('fails for a value that is not a boolean, and for tags of the same names', () => {
    for (const ownershipTags of ['true', 1] as unknown as boolean[]) {
      expectNothingCreated(() => AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ownershipTags }), 'not-a-boolean');
    }
    expectNothingCreated(
      () => AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ownershipTags: true, tags: { Owner: 'me' } }),
      'tags-invalid',
    );
    const tags = Object.fromEntries(Array.from({ length: 48 }, (_, at) => [`key${at}`, '']));
    expectNothingCreated(
      () => AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ownershipTags: true, tags }),
      'too-many-tags',
    );
  });
});

describe('input', () => {
  const opens =
    (props: object) =>
    (stack: TerraformStack): unknown =>
      new VClusterPlatformIngressRules(stack, 'vcluster', { kubernetesApi: clients, platform: web, ...props });
  const hosts =
    (props: object) =>
    (stack: TerraformStack): unknown =>
      new ApinizerInstallationHostnames(stack, 'hosts', { through: ExternalProxy.named('proxy'), ...props });

  test.each([
    '2027-02-29',
    '2027-02-30',
    '2027-13-01',
    '2027-00-10',
    '2027-4-1',
    '31.03.2027',
    '2027/03/31',
    '20270331',
    '2027-03',
    '2027-W13-3',
    '2027-03-31T00:00:00Z',
    ' 2027-03-31',
    '2027-03-31\n',
    '+002027-03-31',
    '0000-01-01',
    '0202-07-03',
    '1999-12-31',
    '',
    'never',
    new Date('2027-03-31'),
    20270331,
    null,
    // either may be the month
    '03/04/2027',
  ])('fails for the last day %p', (expires) => {
    expectNothingCreated(opens({ ownership: { owner: 'payments', expires } }), 'expiry-invalid');
  });

  test.each(['2028-02-29', '2027-12-31', '2000-02-29', '9999-12-31', '2020-01-01'])(
    'accepts the last day %s, also if it is over',
    (expires) => {
      opens({ ownership: { owner: 'payments', expires } })(newStack());
    },
  );

  test.each([
    [undefined, 'text-required'],
    ['', 'text-required'],
    ['  ', 'text-required'],
    [7, 'text-required'],
    ['a'.repeat(61), 'text-too-long'],
    ['two\nlines', 'text-invalid'],
    ['a\u0007b', 'text-invalid'],
    ['a\u202eb', 'text-invalid'],
    ['payments; open to the world: yes', 'text-invalid'],
    ['payments [team]', 'text-invalid'],
    ['${TfToken[TOKEN.1]}', 'text-not-known'],
  ])('fails for the owner %p, and for the same ticket', (text, code) => {
    expectNothingCreated(opens({ ownership: { owner: text } }), code);
    if (text === undefined) return;
    expectNothingCreated(opens({ ownership: { owner: 'payments', ticket: text } }), code);
  });

  test('fails for what is not an ownership', () => {
    for (const ownership of ['payments', ['payments'], 7, null]) {
      expectNothingCreated(opens({ ownership }), 'object-required');
      expectNothingCreated(opens({ rowOwnership: { webhook: ownership } }), 'object-required');
    }
    for (const rowOwnership of ['payments', [], new Map(), null]) {
      expectNothingCreated(opens({ rowOwnership }), 'object-required');
    }
    expectNothingCreated(opens({ ownership: { owner: 'payments', expiry: '2027-03-31' } }), 'prop-unknown');
  });

  test('fails for a row that the construct does not open', () => {
    const owner = { owner: 'payments' };
    expectNothingCreated(opens({ rowOwnership: { webhok: owner } }), 'row-unknown');
    expectNothingCreated(opens({ omit: ['webhook'], rowOwnership: { webhook: owner } }), 'row-unknown');
    expectNothingCreated(hosts({ rowOwnership: { 'docker-oi': owner } }), 'row-unknown');
    expectNothingCreated(hosts({ omit: ['docker-io'], rowOwnership: { 'docker-io': owner } }), 'row-unknown');
    expectNothingCreated(hosts({ rowOwnership: { 'flannel-images': owner } }), 'row-unknown');
  });

  test('AWS accepts only ASCII in descriptions, and GCP accepts every name', () => {
    const ownership = { owner: 'Ağ ekibi' };
    expectNothingCreated(opens({ platform: group, ownership }), 'description-invalid');
    const stack = newStack();
    opens({ ownership })(stack);
    expect(ownersIn(stack)).toContain('; owner Ağ ekibi');
  });

  test('what the caller changes later changes nothing', () => {
    const stack = newStack();
    const ownership = { ...PAYMENTS };
    opens({ ownership, ports: { webhook: Port.tcp(9543) } })(stack);
    ownership.owner = 'somebody else';
    expect(ownershipsOf(stack)[0][1]).toEqual(PAYMENTS);
  });
});
