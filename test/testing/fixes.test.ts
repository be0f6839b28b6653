import 'cdktf-cluster-ports/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import { GcpFirewall, Peer, Port, VClusterPlatformIngressRules } from '../../lib';
import type { ErrorCode } from '../../lib/input';
import type { ExpectedRow } from '../../lib/testing';
import { newStack } from '../support/clouds';
import { testFixes } from '../support/fixes';
import { expectRefusal } from '../support/refusals';

const rule = {
  project: 'net-host',
  allow: [{ protocol: 'tcp' }],
  source_ranges: ['192.0.2.0/24'],
  target_tags: ['api', 'a', 'front'],
};
const JSON_OF_STACK = {
  resource: {
    aws_security_group: { a: { name: 'web' }, b: { name: 'web' }, c: { name: 'api' } },
    google_compute_firewall: { prod: { ...rule, network: 'prod' }, test: { ...rule, network: 'test' } },
  },
};
const ON_AWS = { port: '6443/tcp', from: '172.16.0.0/28', to: 'sg:api' };
const ON_GCP = { port: '6443/tcp', from: '172.16.0.0/28', to: 'tag:api' };

/** As in `testFixes`, with rows. */
const ROWS: [what: string, code: ErrorCode, wrong: object, suggestion: string, right: object][] = [
  ['a misspelled prop', 'prop-unknown', { ...ON_AWS, prot: '1/tcp' }, '"port"', { ...ON_AWS, port: '1/tcp' }],
  [
    'a port without a protocol',
    'port-invalid',
    { ...ON_AWS, port: '6443' },
    '"6443/tcp"',
    { ...ON_AWS, port: '6443/tcp' },
  ],
  [
    'a protocol in front of the port',
    'port-invalid',
    { ...ON_AWS, port: 'udp/8472' },
    '"8472/udp"',
    { ...ON_AWS, port: '8472/udp' },
  ],
  [
    'a range downwards',
    'port-invalid',
    { ...ON_AWS, port: '2380-2379/tcp' },
    '"2379-2380/tcp"',
    { ...ON_AWS, port: '2379-2380/tcp' },
  ],
  [
    'blanks and zeros around a port',
    'port-invalid',
    { ...ON_AWS, port: ' 02379-2380/tcp\n' },
    '"2379-2380/tcp"',
    { ...ON_AWS, port: '2379-2380/tcp' },
  ],
  [
    'host bits',
    'range-invalid',
    { ...ON_AWS, from: '172.16.0.1/28' },
    '"172.16.0.0/28"',
    { ...ON_AWS, from: '172.16.0.0/28' },
  ],
  [
    'host bits in a range of a tag',
    'range-invalid',
    { ...ON_AWS, from: 'tag:a in 10.0.0.1/8' },
    '"10.0.0.0/8"',
    { ...ON_AWS, from: 'tag:a in 10.0.0.0/8' },
  ],
  [
    'a misspelled kind of peer',
    'far-end-invalid',
    { ...ON_AWS, from: 'tags:front' },
    '"tag:front"',
    { ...ON_AWS, from: 'tag:front' },
  ],
  [
    'a kind of machines in capitals',
    'machines-invalid',
    { ...ON_AWS, to: 'SG:api' },
    '"sg:api"',
    { ...ON_AWS, to: 'sg:api' },
  ],
  [
    'a misspelled name of machines',
    'group-unknown',
    { ...ON_GCP, to: 'tag:frnt', network: 'net-host/prod' },
    '"tag:front"',
    { ...ON_GCP, to: 'tag:front', network: 'net-host/prod' },
  ],
  [
    'a misspelled name of a source',
    'group-unknown',
    { ...ON_AWS, from: 'tag:frnt in 10.0.0.0/8' },
    '"tag:front"',
    { ...ON_AWS, from: 'tag:front in 10.0.0.0/8' },
  ],
  [
    'a name of two groups',
    'group-ambiguous',
    { ...ON_AWS, to: 'sg:web' },
    '"sg:aws_security_group.a" or "sg:aws_security_group.b"',
    { ...ON_AWS, to: 'sg:aws_security_group.a' },
  ],
  [
    'a name of two groups, the second of them',
    'group-ambiguous',
    { ...ON_AWS, to: 'sg:web' },
    '"sg:aws_security_group.a" or "sg:aws_security_group.b"',
    { ...ON_AWS, to: 'sg:aws_security_group.b' },
  ],
  [
    'a tag in two networks',
    'network-required',
    ON_GCP,
    '"net-host/prod" or "net-host/test"',
    { ...ON_GCP, network: 'net-host/prod' },
  ],
  [
    'a tag in two networks, the second of them',
    'network-required',
    ON_GCP,
    '"net-host/prod" or "net-host/test"',
    { ...ON_GCP, network: 'net-host/test' },
  ],
  [
    'a network without its project',
    'network-unknown',
    { ...ON_GCP, network: 'prod' },
    '"net-host/prod"',
    { ...ON_GCP, network: 'net-host/prod' },
  ],
];

const notPermitted = (row: object) => (): void => expect(JSON_OF_STACK).not.toPermit(row as ExpectedRow);

testFixes(
  ROWS.map(([what, code, wrong, suggestion, right]) => [
    what,
    code,
    notPermitted(wrong),
    suggestion,
    notPermitted(right),
  ]),
);

describe('provenance-missing: the suggested configuration is accepted', () => {
  const stack = (): TerraformStack => {
    const made = newStack();
    const platform = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('platform');
    new VClusterPlatformIngressRules(made, 'a', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
    return made;
  };

  test('the stack itself', () => {
    expectRefusal(() => expect(Testing.synth(stack())).toMatchDocuments(), 'provenance-missing');
    expect(stack()).toMatchDocuments();
  });

  test('the path of its cdk.tf.json', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cluster-ports-testing-'));
    const file = join(folder, 'cdk.tf.json');
    writeFileSync(file, JSON.stringify(stack().toTerraform()));
    expect(file).toMatchDocuments();
    rmSync(folder, { recursive: true });
  });
});

describe('disabled rows: the suggested names are accepted', () => {
  const stack = (): TerraformStack => {
    const made = newStack();
    const firewall = new GcpFirewall({ network: 'prod', project: 'net-host', disabled: true });
    const platform = firewall.networkTag('platform');
    new VClusterPlatformIngressRules(made, 'a', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
    return made;
  };
  const disabled = ['api-service', 'webhook', 'management-api'];

  testFixes([
    [
      'a misspelled row',
      'row-not-disabled',
      () => expect(stack()).toMatchDocuments({ disabled: [...disabled, 'webhok'] }),
      '"webhook"',
      () => expect(stack()).toMatchDocuments({ disabled: [...disabled, 'webhook'] }),
    ],
    [
      'one name in place of a list',
      'row-names-invalid',
      () => expect(stack()).toMatchDocuments({ disabled: 'webhook' as never }),
      "disabled: ['kubelet']",
      () => expect(stack()).toMatchDocuments({ disabled }),
    ],
  ]);
});

describe('moved rows: the suggested names are accepted', () => {
  const stack = (): TerraformStack => {
    const made = newStack();
    const platform = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('platform');
    const ports = { webhook: Port.tcp(19443) };
    new VClusterPlatformIngressRules(made, 'a', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform, ports });
    return made;
  };

  testFixes([
    [
      'a misspelled row',
      'row-not-moved',
      () => expect(stack()).toMatchDocuments({ moved: ['webhok'] }),
      '"webhook"',
      () => expect(stack()).toMatchDocuments({ moved: ['webhook'] }),
    ],
    [
      'one name in place of a list',
      'row-names-invalid',
      () => expect(stack()).toMatchDocuments({ moved: 'webhook' as never }),
      "moved: ['kubelet']",
      () => expect(stack()).toMatchDocuments({ moved: ['webhook'] }),
    ],
    [
      'a list in place of options',
      'object-required',
      () => expect(stack()).toMatchDocuments(['webhook'] as never),
      "{ moved: ['kubelet'] }",
      () => expect(stack()).toMatchDocuments({ moved: ['webhook'] }),
    ],
    [
      'a misspelled option',
      'prop-unknown',
      () => expect(stack()).toMatchDocuments({ move: ['webhook'] } as never),
      '"moved"',
      () => expect(stack()).toMatchDocuments({ moved: ['webhook'] }),
    ],
  ]);
});
