import type { Configuration } from '../../../lib/traffic/configuration';
import { explain, type Explanation } from '../../../lib/traffic/explain/explain';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { expectRefusal } from '../../support/refusals';

const AWS = readTerraform(
  {
    resource: {
      aws_security_group: { web: { name_prefix: 'web-' }, db: { name: 'db' } },
      aws_vpc_security_group_ingress_rule: {
        https: {
          security_group_id: '${aws_security_group.web.id}',
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_ipv4: '10.0.0.0/8',
          description: 'API service [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service]',
        },
        postgres: {
          security_group_id: '${aws_security_group.db.id}',
          ip_protocol: 'tcp',
          from_port: 5432,
          to_port: 5432,
          referenced_security_group_id: '${aws_security_group.web.id}',
        },
      },
    },
  },
  'cdk.tf.json',
);

const GCP = readTerraform(
  {
    resource: {
      google_compute_firewall: {
        ssh: {
          name: 'ssh',
          network: 'prod',
          source_ranges: ['10.0.0.0/8'],
          allow: [{ protocol: 'tcp', ports: ['22'] }],
        },
        no_ssh: {
          name: 'no-ssh',
          network: 'prod',
          priority: 900,
          source_ranges: ['10.9.0.0/16'],
          target_tags: ['web'],
          deny: [{ protocol: 'all' }],
        },
        nodes: {
          name: 'nodes',
          network: 'prod',
          source_tags: ['node'],
          target_tags: ['node'],
          allow: [{ protocol: 'tcp', ports: ['10250'] }],
        },
      },
    },
  },
  'cdk.tf.json',
);

function short({ verdict, matching, nearest }: Explanation): unknown {
  return [
    verdict,
    matching.map(({ address }) => address.split('.')[1]),
    nearest && [nearest.address.split('.')[1], ...nearest.fails],
  ];
}

const answer = (question: Parameters<typeof explain>[1], configuration = AWS): unknown =>
  short(explain(configuration, question));

test('names the rule that allows a packet, and its document', () => {
  const explanation = explain(AWS, { group: 'web', peer: '10.1.2.3', port: '443/tcp' });
  expect(short(explanation)).toEqual(['passes', ['https'], undefined]);
  expect(explanation.group).toBe('sg:aws_security_group.web');
  // the row is 8443/tcp
  expect(explanation.matching[0].documentedBy).toEqual([]);
  expect(explanation.matching[0].doubt).toBe('vcluster-platform@2025-03 has 8443/tcp for api-service');
  const platform = {
    security_group_id: 'sg-01234567',
    ip_protocol: 'tcp',
    from_port: 8443,
    to_port: 8443,
    cidr_ipv4: '10.0.0.0/8',
    description: 'API service [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service]',
  };
  const resource = { aws_vpc_security_group_ingress_rule: { platform } };
  const question = { group: 'sg:sg-01234567', peer: '10.1.2.3', port: '8443/tcp' };
  const documented = explain(readTerraform({ resource }, 'cdk.tf.json'), question);
  expect(documented.matching[0].documentedBy).toEqual([
    {
      row: 'vcluster-platform@2025-03/kubernetes-api-to-platform/api-service',
      document: 'vcluster-platform@2025-03',
      section: 'Connect Kubernetes to the platform',
      reference: 'https://www.vcluster.com/docs/platform/administer/clusters/advanced/networking',
    },
  ]);
});

test.each([
  ['a port', { group: 'web', peer: '10.1.2.3', port: '444/tcp' }, ['https', 'port']],
  ['a far end', { group: 'web', peer: '11.1.2.3', port: '443/tcp' }, ['https', 'peer']],
  ['a protocol', { group: 'web', peer: '10.1.2.3', port: '443/udp' }, ['https', 'protocol']],
  ['a group', { group: 'db', peer: '10.1.2.3', port: '443/tcp' }, ['https', 'group']],
  ['a direction', { direction: 'egress', group: 'web', peer: '10.1.2.3', port: '443/tcp' }, ['https', 'direction']],
  ['two things', { group: 'db', peer: 'sg:aws_security_group.db', port: '5433/tcp' }, ['postgres', 'port', 'peer']],
] as const)('names the nearest rule of a packet that does not match in %s', (_what, question, nearest) => {
  expect(answer(question)).toEqual(['refused', [], nearest]);
});

test('a machine of an allowed group passes with any IP address', () => {
  expect(answer({ group: 'db', peer: 'sg:aws_security_group.web', port: '5432/tcp' })).toEqual([
    'passes',
    ['postgres'],
    undefined,
  ]);
});

test('the verdict may depend on the IP address of a far end that is given by name', () => {
  const question = { group: 'sg:aws_security_group.web', peer: 'sg:aws_security_group.db', port: '443/tcp' };
  expect(answer(question)).toEqual(['depends on the IP address', [], ['https', 'peer']]);
  expect(answer({ ...question, ipAddress: '10.0.0.9' })).toEqual(['passes', ['https'], undefined]);
  expect(answer({ ...question, ipAddress: '192.0.2.1' })).toEqual(['refused', [], ['https', 'peer']]);
});

test('a rule that denies is evaluated first, and the rule after it is the nearest', () => {
  const question = { group: 'tag:web', peer: '10.9.1.1', port: '22/tcp' };
  expect(answer(question, GCP)).toEqual(['refused', ['no_ssh', 'ssh'], ['ssh', 'order']]);
  expect(answer({ ...question, group: 'tag:other' }, GCP)).toEqual(['passes', ['ssh'], undefined]);
});

test('names the rules that may deny a machine with several tags', () => {
  const { deniesByName, verdict } = explain(GCP, {
    group: 'tag:node',
    peer: 'tag:node',
    ipAddress: '10.9.1.1',
    port: '10250/tcp',
  });
  expect(verdict).toBe('passes');
  expect(deniesByName.map(({ address }) => address)).toEqual(['google_compute_firewall.no_ssh']);
});

test.each([
  ['a port without a protocol', { group: 'web', peer: '10.0.0.1', port: '443' }, 'port-invalid'],
  ...['all', 'icmp', 'icmp type 8', '443-444/tcp', ' 443-444/tcp'].map(
    (port) => [`several ports: ${port}`, { group: 'web', peer: '10.0.0.1', port }, 'port-invalid'] as const,
  ),
  ...[' 443/tcp', '443/tcp\n', '0443/tcp', '443/06', 'icmp type 08 code 0'].map(
    (port) =>
      [
        `blanks or zeros around ${JSON.stringify(port)}`,
        { group: 'web', peer: '10.0.0.1', port },
        'port-invalid',
      ] as const,
  ),
  ['an unknown far end', { group: 'web', peer: 'office', port: '443/tcp' }, 'far-end-invalid'],
  [
    'an unknown destination of outbound traffic',
    { direction: 'egress', group: 'web', peer: 'office', port: '443/tcp' },
    'far-end-invalid',
  ],
  [
    'an invalid IP address of a named far end',
    { group: 'web', peer: 'sg:x', ipAddress: 'office', port: '443/tcp' },
    'ip-address-invalid',
  ],
  ['an unknown group', { group: 'mail', peer: '10.0.0.1', port: '443/tcp' }, 'group-unknown'],
  [
    'an unknown source of outbound traffic',
    { direction: 'egress', group: 'webb', peer: '10.0.0.1', port: '443/tcp' },
    'group-unknown',
  ],
  ['a tag without a network', { group: 'tag:mail', peer: '10.0.0.1', port: '443/tcp' }, 'network-required'],
] as const)('fails for %s', (_what, question, code) => {
  expectRefusal(() => explain(AWS, question), code);
});

test('fails for an unknown network', () => {
  expectRefusal(
    () => explain(GCP, { group: 'tag:web', peer: '10.0.0.1', port: '22/tcp', network: 'pro' }),
    'network-unknown',
  );
});

test('fails without a network if the configuration has several', () => {
  const rule = { allow: [{ protocol: 'tcp' }] };
  const a = { google_compute_firewall: { a: { ...rule, network: 'a' }, b: { ...rule, network: 'b' } } };
  expectRefusal(
    () => explain(readTerraform({ resource: a }, 'a'), { group: 'tag:web', peer: '10.0.0.1', port: '22/tcp' }),
    'network-required',
  );
});

test('fails for a name of several security groups', () => {
  const stack = (): Configuration => readTerraform({ resource: { aws_security_group: { web: { name: 'web' } } } }, 'a');
  const both = combinedConfiguration('cdktf.out', [
    ['dev', stack()],
    ['live', stack()],
  ]);
  expectRefusal(() => explain(both, { group: 'web', peer: '10.0.0.1', port: '22/tcp' }), 'group-ambiguous');
});

test('accepts one type and code of ICMP', () => {
  const rule = { security_group_id: 'sg-1', ip_protocol: 'icmp', from_port: 8, to_port: 0, cidr_ipv4: '10.0.0.0/8' };
  const configuration = readTerraform({ resource: { aws_vpc_security_group_ingress_rule: { rule } } }, 'a');
  const verdict = (port: string): string =>
    explain(configuration, { group: 'sg:sg-1', peer: '10.0.0.1', port }).verdict;
  expect(verdict('icmp type 8 code 0')).toBe('passes');
  expect(verdict('icmp type 0 code 0')).toBe('refused');
});
