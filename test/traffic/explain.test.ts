import { combinedConfiguration } from '../../lib/traffic/combined-configuration';
import type { Configuration } from '../../lib/traffic/configuration';
import { explain, type Explanation, type Question } from '../../lib/traffic/explain';
import { readTerraform } from '../../lib/traffic/read-terraform';
import { expectRefusal } from '../support/refusals';

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
          description: 'API service [vcluster-platform@2025-03/kubernetes-api-server-to-platform/api-service]',
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

const asked = (question: Question, configuration = AWS): unknown => short(explain(configuration, question));

test('a packet passes by the rule that lets it through, which names the document', () => {
  const explanation = explain(AWS, { group: 'web', peer: '10.1.2.3', port: '443/tcp' });
  expect(short(explanation)).toEqual(['passes', ['https'], undefined]);
  expect(explanation.group).toBe('sg:aws_security_group.web');
  expect(explanation.matching[0].documentedBy).toEqual([
    {
      row: 'vcluster-platform@2025-03/kubernetes-api-server-to-platform/api-service',
      document: 'vcluster-platform@2025-03',
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
] as const)('the nearest rule fails in %s', (_what, question, nearest) => {
  expect(asked(question)).toEqual(['refused', [], nearest]);
});

test('a machine of a group passes wherever its address is', () => {
  expect(asked({ group: 'db', peer: 'sg:aws_security_group.web', port: '5432/tcp' })).toEqual([
    'passes',
    ['postgres'],
    undefined,
  ]);
});

test('without the address of a named machine it may depend', () => {
  const question = { group: 'sg:aws_security_group.web', peer: 'sg:aws_security_group.db', port: '443/tcp' };
  expect(asked(question)).toEqual(['depends on the address', [], ['https', 'peer']]);
  expect(asked({ ...question, address: '10.0.0.9' })).toEqual(['passes', ['https'], undefined]);
  expect(asked({ ...question, address: '192.0.2.1' })).toEqual(['refused', [], ['https', 'peer']]);
});

test('a rule that denies is asked first, and the one behind it is the nearest', () => {
  const question = { group: 'tag:web', peer: '10.9.1.1', port: '22/tcp' };
  expect(asked(question, GCP)).toEqual(['refused', ['no_ssh', 'ssh'], ['ssh', 'order']]);
  expect(asked({ ...question, group: 'tag:other' }, GCP)).toEqual(['passes', ['ssh'], undefined]);
});

test('what may refuse a machine with several tags is named', () => {
  const { deniesByName, verdict } = explain(GCP, {
    group: 'tag:node',
    peer: 'tag:node',
    address: '10.9.1.1',
    port: '10250/tcp',
  });
  expect(verdict).toBe('passes');
  expect(deniesByName.map(({ address }) => address)).toEqual(['google_compute_firewall.no_ssh']);
});

test.each([
  [
    'a port',
    { group: 'web', peer: '10.0.0.1', port: '443' },
    'explain: port must be one port with its protocol, as "443/tcp" or "icmp type 8 code 0", got "443"',
  ],
  ...['all', 'icmp', 'icmp type 8', '443-444/tcp'].map(
    (port) =>
      [
        `one port, but ${port}`,
        { group: 'web', peer: '10.0.0.1', port },
        `explain: port must be one port with its protocol, as "443/tcp" or "icmp type 8 code 0", got "${port}"`,
      ] as const,
  ),
  [
    'a far end',
    { group: 'web', peer: 'office', port: '443/tcp' },
    'explain: peer must be an address, or a name such as sg:... or tag:..., got "office"',
  ],
  [
    'a group',
    { group: 'mail', peer: '10.0.0.1', port: '443/tcp' },
    'explain: group must be one of the configuration, got "mail"; did you mean sg:aws_security_group.web, sg:aws_security_group.db?',
  ],
  [
    'a tag without a network',
    { group: 'tag:mail', peer: '10.0.0.1', port: '443/tcp' },
    'explain: network must be given, got none in the configuration',
  ],
] as const)('fails for what is not %s', (_what, question, sentence) => {
  expectRefusal(() => explain(AWS, question), sentence);
});

test('fails for a network that the configuration has not', () => {
  expectRefusal(
    () => explain(GCP, { group: 'tag:web', peer: '10.0.0.1', port: '22/tcp', network: 'pro' }),
    'explain: network must be one of the configuration: "prod", got "pro"; did you mean "prod"?',
  );
});

test('fails without a network where there are several', () => {
  const rule = { allow: [{ protocol: 'tcp' }] };
  const a = { google_compute_firewall: { a: { ...rule, network: 'a' }, b: { ...rule, network: 'b' } } };
  expectRefusal(
    () => explain(readTerraform({ resource: a }, 'a'), { group: 'tag:web', peer: '10.0.0.1', port: '22/tcp' }),
    'explain: network must be given, got "a" and "b"',
  );
});

test('fails for a name that several groups have', () => {
  const stack = (): Configuration => readTerraform({ resource: { aws_security_group: { web: { name: 'web' } } } }, 'a');
  const both = combinedConfiguration('cdktf.out', [
    ['dev', stack()],
    ['live', stack()],
  ]);
  expectRefusal(
    () => explain(both, { group: 'web', peer: '10.0.0.1', port: '22/tcp' }),
    'explain: group must be given by its address where several have one name, got "web"; did you mean sg:dev/aws_security_group.web or sg:live/aws_security_group.web?',
  );
});

test('asks for one type and code of ICMP', () => {
  const rule = { security_group_id: 'sg-1', ip_protocol: 'icmp', from_port: 8, to_port: 0, cidr_ipv4: '10.0.0.0/8' };
  const configuration = readTerraform({ resource: { aws_vpc_security_group_ingress_rule: { rule } } }, 'a');
  const verdict = (port: string): string =>
    explain(configuration, { group: 'sg:sg-1', peer: '10.0.0.1', port }).verdict;
  expect(verdict('icmp type 8 code 0')).toBe('passes');
  expect(verdict('icmp type 0 code 0')).toBe('refused');
});
