import type { Configuration } from '../../../lib/traffic/configuration';
import type { EndAnswer } from '../../../lib/traffic/explain/answer';
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

function short({ verdict, matching, nearest, reason }: EndAnswer): unknown {
  return [
    verdict,
    matching.map(({ address }) => address.split('.')[1]),
    nearest ? [nearest.address.split('.')[1], ...nearest.fails] : reason,
  ];
}

type Question = Parameters<typeof explain>[1];

const answer = (question: Question, configuration = AWS): Explanation => explain(configuration, question);
const atDestination = (question: Question, configuration = AWS): unknown =>
  short(explain(configuration, question).destination);

test('names the rule that allows a packet, and its document', () => {
  const { verdict, destination } = answer({ to: 'web', from: '10.1.2.3', port: '443/tcp' });
  expect([verdict, short(destination)]).toEqual(['passes', ['passes', ['https'], undefined]]);
  expect(destination.name).toBe('sg:aws_security_group.web');
  // the row is 8443/tcp
  expect(destination.matching[0].documentedBy).toEqual([]);
  expect(destination.matching[0].doubt).toBe('vcluster-platform@2025-03 has 8443/tcp for api-service');
  const platform = {
    security_group_id: 'sg-01234567',
    ip_protocol: 'tcp',
    from_port: 8443,
    to_port: 8443,
    cidr_ipv4: '10.0.0.0/8',
    description: 'API service [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service]',
  };
  const resource = { aws_vpc_security_group_ingress_rule: { platform } };
  const question = { to: 'sg:sg-01234567', from: '10.1.2.3', port: '8443/tcp' };
  const documented = explain(readTerraform({ resource }, 'cdk.tf.json'), question);
  expect(documented.destination.matching[0].documentedBy).toEqual([
    {
      row: 'vcluster-platform@2025-03/kubernetes-api-to-platform/api-service',
      document: 'vcluster-platform@2025-03',
      section: 'Connect Kubernetes to the platform',
      reference:
        'https://github.com/loft-sh/vcluster-docs/blob/8934a9d269f959144bb173c1ffa0bae124eace9d/platform/administer/clusters/advanced/networking.mdx',
    },
  ]);
});

test.each([
  ['a port', { to: 'web', from: '10.1.2.3', port: '444/tcp' }, ['https', 'port']],
  ['a far end', { to: 'web', from: '11.1.2.3', port: '443/tcp' }, ['https', 'peer']],
  ['a protocol', { to: 'web', from: '10.1.2.3', port: '443/udp' }, ['https', 'protocol']],
  ['a group', { to: 'db', from: '10.1.2.3', port: '443/tcp' }, ['https', 'group']],
  ['two things', { to: 'db', from: 'aws_security_group.db', port: '5433/tcp' }, ['postgres', 'port', 'peer']],
] as const)('names the nearest rule of a packet that does not match in %s', (_what, question, nearest) => {
  expect(answer(question).verdict).toBe('refused');
  expect(atDestination(question)).toEqual(['refused', [], nearest]);
});

test('a packet that the destination may receive is refused if the source may not send it', () => {
  const { verdict, source, destination } = answer({ from: 'web', to: 'db', port: '5432/tcp' });
  expect([verdict, source.verdict, destination.verdict]).toEqual(['refused', 'refused', 'passes']);
});

test('a source that these files do not create and have no outbound rule for is not judged', () => {
  const rule = { ip_protocol: 'tcp', from_port: 22, to_port: 22 };
  const rules = { rule: { ...rule, security_group_id: 'sg-1', referenced_security_group_id: 'sg-2' } };
  const configuration = readTerraform({ resource: { aws_vpc_security_group_ingress_rule: rules } }, 'a');
  const { verdict, source } = answer({ from: 'sg-2', to: 'sg-1', port: '22/tcp' }, configuration);
  const reason = 'these files have no outbound rule of it, and do not create it';
  expect([verdict, source.verdict, source.reason]).toEqual(['passes', 'not judged', reason]);
  expect(answer({ from: 'sg-1', to: 'sg-2', port: '22/tcp' }, configuration).verdict).toBe('not known');
});

test('the verdict may depend on the IP address of an end that is given by name', () => {
  const question = { to: 'sg:aws_security_group.web', from: 'sg:aws_security_group.db', port: '443/tcp' };
  expect(atDestination(question)).toEqual(['depends on the IP address', ['https'], ['https', 'peer']]);
  expect(atDestination({ ...question, fromIp: '10.0.0.9' })).toEqual(['passes', ['https'], undefined]);
  expect(atDestination({ ...question, fromIp: '192.0.2.1' })).toEqual(['refused', [], ['https', 'peer']]);
});

test('a rule that denies is evaluated first, and the rule after it is the nearest', () => {
  const question = { to: 'tag:web', from: '10.9.1.1', port: '22/tcp' };
  expect(atDestination(question, GCP)).toEqual(['refused', ['no_ssh', 'ssh'], ['ssh', 'order']]);
  expect(atDestination({ ...question, to: 'all-instances' }, GCP)).toEqual(['passes', ['ssh'], undefined]);
});

test('outbound traffic of a network passes if no rule denies it', () => {
  const { verdict, source, destination } = answer({ from: 'node', to: '192.0.2.1', port: '443/tcp' }, GCP);
  expect([verdict, destination.verdict]).toEqual(['passes', 'not judged']);
  expect(short(source)).toEqual(['passes', [], 'no rule matches, and networks allow outbound traffic by default']);
});

test('names the rules that may deny a machine with several tags', () => {
  const question = { to: 'tag:node', from: 'tag:node', fromIp: '10.9.1.1', port: '10250/tcp' };
  const { destination, verdict } = explain(GCP, question);
  expect(verdict).toBe('passes');
  expect(destination.deniesByName.map(({ address }) => address)).toEqual(['google_compute_firewall.no_ssh']);
});

test('does not name rules for machines of other tags that cannot deny the packet', () => {
  const network = { network: 'prod', source_ranges: ['10.0.0.0/8'] };
  const ssh = { ports: ['22'], protocol: 'tcp' };
  const rules = {
    allow: { ...network, name: 'allow', target_tags: ['node'], allow: [ssh] },
    last: { ...network, name: 'last', target_tags: ['node'], priority: 2000, allow: [{ protocol: 'all' }] },
    other_port: {
      ...network,
      name: 'other-port',
      target_tags: ['web'],
      priority: 900,
      deny: [{ ...ssh, ports: ['23'] }],
    },
    later: { ...network, name: 'later', target_tags: ['web'], priority: 1500, deny: [ssh] },
    own: { ...network, name: 'own', target_tags: ['node'], priority: 1600, deny: [ssh] },
    earlier: { ...network, name: 'earlier', target_tags: ['web'], priority: 900, deny: [ssh] },
    more: { ...network, name: 'more', target_tags: ['db'], priority: 3000, allow: [{ protocol: 'all' }] },
  };
  const configuration = readTerraform({ resource: { google_compute_firewall: rules } }, 'cdk.tf.json');
  const { destination, verdict } = explain(configuration, { to: 'tag:node', from: '10.9.1.1', port: '22/tcp' });
  expect(verdict).toBe('passes');
  const matching = destination.matching.map(({ address }) => address.split('.')[1]);
  expect(matching).toEqual(['allow', 'own', 'last']);
  expect(destination.deniesByName.map(({ address }) => address.split('.')[1])).toEqual(['earlier']);
});

describe('IP ranges that are not known', () => {
  test('are not also the nearest rule', () => {
    const rules = { list: { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443 } };
    const resource = { aws_vpc_security_group_ingress_rule: { list: { ...rules.list, prefix_list_id: 'pl-1' } } };
    const { destination } = answer({ from: '10.0.0.7', to: 'sg-1', port: '443/tcp' }, readTerraform({ resource }, 'a'));
    expect([destination.matching.length, destination.nearest]).toEqual([1, undefined]);
  });

  const rule = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443 };
  const read = (far: object, more: object = {}): Configuration =>
    readTerraform({ resource: { aws_vpc_security_group_ingress_rule: { rule: { ...rule, ...far } } }, ...more }, 'a');
  const question = { from: '10.0.0.7', to: 'sg-1', port: '443/tcp' };

  test.each([
    ['a range', { cidr_ipv4: '${var.office}' }, 'unknown:var.office'],
    ['a prefix list', { prefix_list_id: 'pl-1' }, 'list:pl-1'],
    [
      'a prefix list that is a data source',
      { prefix_list_id: '${data.aws_ec2_managed_prefix_list.s3.id}' },
      'list:data.aws_ec2_managed_prefix_list.s3.id',
    ],
  ])('decide if no other rule does: %s', (_what, far, name) => {
    const { verdict, destination } = answer(question, read(far));
    expect([verdict, destination.matching.map(({ unknown }) => unknown)]).toEqual(['not known', [[name]]]);
    expect(answer({ ...question, port: '444/tcp' }, read(far)).verdict).toBe('refused');
  });

  test('do not decide if a different rule allows the packet anyway', () => {
    const rules = { a: { ...rule, cidr_ipv4: '${var.office}' }, b: { ...rule, cidr_ipv4: '10.0.0.0/8' } };
    const both = readTerraform({ resource: { aws_vpc_security_group_ingress_rule: rules } }, 'a');
    expect(answer(question, both).verdict).toBe('passes');
  });

  test('are known if their entries are in the file', () => {
    const list = {
      aws_ec2_managed_prefix_list: { list: { address_family: 'IPv4', entry: [{ cidr: '10.0.0.0/24' }] } },
    };
    const rules = { rule: { ...rule, prefix_list_id: '${aws_ec2_managed_prefix_list.list.id}' } };
    const known = readTerraform({ resource: { ...list, aws_vpc_security_group_ingress_rule: rules } }, 'a');
    expect(answer(question, known).verdict).toBe('passes');
    expect(answer({ ...question, from: '10.0.1.7' }, known).verdict).toBe('refused');
  });

  test('are known if their entries are in a different stack of the app', () => {
    const output = 'cross-stack-output-aws_ec2_managed_prefix_listlistid';
    const lists = readTerraform(
      {
        resource: {
          aws_ec2_managed_prefix_list: { list: { address_family: 'IPv4', entry: [{ cidr: '10.0.0.0/24' }] } },
        },
        output: { [output]: { value: '${aws_ec2_managed_prefix_list.list.id}' } },
      },
      'lists.json',
    );
    const state = `data.terraform_remote_state.cross-stack-reference-input-lists.outputs.${output}`;
    const app = combinedConfiguration('cdktf.out', [
      ['lists', lists],
      ['rules', read({ prefix_list_id: `\${${state}}` })],
    ]);
    expect(answer(question, app).verdict).toBe('passes');
    expect(answer({ ...question, from: '10.0.1.7' }, app).verdict).toBe('refused');
  });
});

test.each([
  ['a port without a protocol', { to: 'web', from: '10.0.0.1', port: '443' }, 'port-invalid'],
  ...[' 443-444/tcp', ' 443/tcp', '443/tcp\n', '0443/tcp', '443/06', '0/icmp8 code 0'].map(
    (port) =>
      [
        `blanks or zeros around ${JSON.stringify(port)}`,
        { to: 'web', from: '10.0.0.1', port },
        'port-invalid',
      ] as const,
  ),
  ['an unknown source', { to: 'web', from: 'office', port: '443/tcp' }, 'group-unknown'],
  ['an unknown destination', { to: 'mail', from: '10.0.0.1', port: '443/tcp' }, 'group-unknown'],
  ['an unknown security group with its kind', { to: 'sg:nosuch', from: '10.0.0.1', port: '443/tcp' }, 'group-unknown'],
  ['an unknown tag', { to: 'tag:mail', from: '10.0.0.1', port: '443/tcp' }, 'group-unknown'],
  [
    'an invalid IP address of a named end',
    { to: 'web', from: 'db', fromIp: 'office', port: '443/tcp' },
    'ip-address-invalid',
  ],
  ['two IP addresses', { to: '10.0.0.2', from: '10.0.0.1', port: '443/tcp' }, 'machines-missing'],
] as const)('fails for %s', (_what, question, code) => {
  expectRefusal(() => explain(AWS, question), code);
});

test('fails for an unknown network', () => {
  expectRefusal(
    () => explain(GCP, { to: 'tag:web', from: '10.0.0.1', port: '22/tcp', network: 'pro' }),
    'network-unknown',
  );
});

test('needs the network of a tag only if the tag is in several', () => {
  const rule = { allow: [{ protocol: 'tcp' }] };
  const firewalls = {
    a: { ...rule, network: 'a', target_tags: ['web', 'db'] },
    b: { ...rule, network: 'b', target_tags: ['web'] },
  };
  const configuration = readTerraform({ resource: { google_compute_firewall: firewalls } }, 'a');
  const question = { from: '10.0.0.1', port: '22/tcp' };
  expect(explain(configuration, { ...question, to: 'db' }).destination.network).toBe('a');
  expectRefusal(() => explain(configuration, { ...question, to: 'web' }), 'network-required');
});

test('fails for a name of several security groups', () => {
  const stack = (file: string): Configuration =>
    readTerraform({ resource: { aws_security_group: { web: { name: 'web' } } } }, file);
  const both = combinedConfiguration('cdktf.out', [
    ['dev', stack('a')],
    ['live', stack('b')],
  ]);
  expectRefusal(() => explain(both, { to: 'web', from: '10.0.0.1', port: '22/tcp' }), 'group-ambiguous');
});

test('accepts one type and code of ICMP', () => {
  const rule = { security_group_id: 'sg-1', ip_protocol: 'icmp', from_port: 8, to_port: 0, cidr_ipv4: '10.0.0.0/8' };
  const configuration = readTerraform({ resource: { aws_vpc_security_group_ingress_rule: { rule } } }, 'a');
  const verdict = (port: string): string => explain(configuration, { to: 'sg-1', from: '10.0.0.1', port }).verdict;
  expect(verdict('8.0/icmp')).toBe('passes');
  expect(verdict('0.0/icmp')).toBe('refused');
});

test('there are no packets between IP addresses of different families', () => {
  const question = { from: 'web', fromIp: '2001:db8::1', to: 'db', toIp: '10.0.0.1', port: '5432/tcp' };
  expect(answer(question).verdict).toBe('refused');
  expect(answer(question).destination.reason).toContain('of different families');
});
