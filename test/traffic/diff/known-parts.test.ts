import { type Configuration, type Gate } from '../../../lib/traffic/configuration';
import { lint } from '../../../lib/traffic/lint/lint';
import { readPlannedChange, readTerraform } from '../../../lib/traffic/read/read-terraform';
import { allowedBy, rowText, trafficRows } from '../../../lib/traffic/permitted';
import { gateOf } from '../../support/first-gate';

// What is known about a rule counts, whatever else about it is not.

const WORLD = ['0.0.0.0/0'];
const INSIDE = ['10.0.0.0/8'];
const NETWORK = 'projects/p/global/networks/n';
const firewall = (changes: object): object => ({
  google_compute_firewall: { f: { name: 'f', network: NETWORK, source_ranges: WORLD, ...changes } },
});
const policyRule = (changes: object, match: object = {}): object => ({
  google_compute_network_firewall_policy_rule: {
    r: {
      firewall_policy: 'projects/p/global/firewallPolicies/q',
      priority: 1,
      direction: 'INGRESS',
      action: 'allow',
      match: [{ layer4_configs: [{ ip_protocol: 'tcp' }], src_ip_ranges: WORLD, ...match }],
      ...changes,
    },
  },
});
const tcp = (...ports: string[]): object => ({ protocol: 'tcp', ports });
const groupRule = (changes: object): object => ({
  aws_security_group_rule: {
    r: {
      security_group_id: 'sg-0123',
      type: 'ingress',
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: WORLD,
      ...changes,
    },
  },
});
const read = (resource: object): Configuration => readTerraform({ variable: { v: {} }, resource }, 'cdk.tf.json');
const NOTHING = read({});
const lines = ({ rules }: Configuration): string[] => trafficRows(allowedBy(rules)).map(rowText);

function firstGate(before: Configuration, after: Configuration): Gate | 'none' {
  return gateOf({ before, after }) ?? 'none';
}

const NAMES = 'must be a protocol name, a protocol number or all, got';

test.each<[string, object, string[], string[]]>([
  [
    'a protocol that is not a protocol',
    firewall({ allow: [tcp('22'), { protocol: 'bogus' }] }),
    ['22/tcp'],
    [`protocol ${NAMES} "bogus"`],
  ],
  [
    'a protocol that GCP does not document',
    firewall({ allow: [tcp('22'), { protocol: 'ipip' }, { protocol: 'hopopt' }] }),
    ['22/tcp'],
    ['allow is ipip, whose protocol number GCP does not document', `protocol ${NAMES} "hopopt"`],
  ],
  ['no protocol', firewall({ allow: [{ ports: ['1'] }, tcp('22')] }), ['22/tcp'], [`protocol ${NAMES} nothing`]],
  [
    'ports of a protocol that has none',
    firewall({ allow: [{ protocol: 'esp', ports: ['1'] }, tcp('22')] }),
    ['22/tcp'],
    ['only tcp, udp and sctp have ports, got ports of esp'],
  ],
  [
    'a port that is not a port',
    firewall({ allow: [tcp('22', '99999', '443')] }),
    ['22/tcp', '443/tcp'],
    ['ports must be numbers or ranges from 0 to 65535, such as "443" or "8000-8100", got "99999"'],
  ],
  [
    'a port that is not known',
    firewall({ allow: [tcp('22', '${var.v}')] }),
    ['22/tcp'],
    ['allow is var.v, which has no default'],
  ],
])('a rule keeps its other ports: %s', (_what, resource, ports, reasons) => {
  const found = read(resource);
  expect(lines(found)).toEqual(ports.map((port) => `ingress ${port} from 0.0.0.0/0 to all-instances on p/n`));
  expect(found.notEvaluated.map(({ reason }) => reason)).toEqual(reasons);
  expect(firstGate(NOTHING, found)).toBe('world');
});

test('a policy rule keeps its other ports', () => {
  const layer4 = [{ ip_protocol: 'tcp', ports: ['22'] }, { ip_protocol: 'bogus' }];
  const found = read(policyRule({}, { layer4_configs: layer4 }));
  expect(found.rules.map(({ ports }) => ports.length)).toEqual([1]);
  expect(found.notEvaluated[0].reason).toBe(`ip_protocol ${NAMES} "bogus"`);
});

test.each<[string, object]>([
  ['the direction of a firewall', firewall({ allow: [tcp('22')], direction: '${var.v}' })],
  ['the ports of a firewall', firewall({ allow: [tcp('${var.v}')] })],
  ['whether a firewall is disabled', firewall({ allow: [tcp('22')], disabled: '${var.v}' })],
  ['the direction of a policy rule', policyRule({ direction: '${var.v}' })],
  ['the action of a policy rule', policyRule({ action: '${var.v}' })],
  ['the protocols of a policy rule', policyRule({}, { layer4_configs: '${var.v}' })],
  ['the targets of a policy rule', policyRule({ target_secure_tags: '${var.v}' })],
  ['a part of the match of a policy rule', policyRule({}, { src_region_codes: ['CH'] })],
  ['the type of a rule of a group', groupRule({ type: '${var.v}' })],
  ['the port of a rule of a group', groupRule({ to_port: '${var.v}' })],
])('a rule from everywhere may be open to the world: %s is not known', (_what, resource) => {
  const found = read(resource);
  expect(firstGate(NOTHING, found)).toBe('world');
  const { findings } = lint(found);
  const open = findings.filter(({ code }) => code === 'world-open').map(({ message }) => message);
  expect(open).toEqual([expect.stringMatching(/^it may open ports to 0\.0\.0\.0\/0: /)]);
});

test.each<[string, object]>([
  ['the direction of a firewall', firewall({ allow: [tcp('22')], direction: '${var.v}', source_ranges: INSIDE })],
  ['the direction of a deny', firewall({ deny: [tcp('22')], direction: '${var.v}' })],
  ['the port of an outbound rule', groupRule({ to_port: '${var.v}', type: 'egress' })],
])('a rule that cannot be open to the world is not: %s is not known', (_what, resource) => {
  const found = read(resource);
  expect(firstGate(NOTHING, found)).not.toBe('world');
  expect(lint(found).findings.filter(({ code }) => code === 'world-open')).toEqual([]);
});

test('a policy rule whose action is not known may be a deny that goes', () => {
  expect(firstGate(read(policyRule({ action: '${var.v}' })), NOTHING)).toBe('opened');
});

const group = (unknown: object, references: string[]): object => ({
  format_version: '1.2',
  planned_values: {
    root_module: { resources: [{ address: 'aws_security_group.g', type: 'aws_security_group', values: {} }] },
  },
  resource_changes: [
    {
      address: 'aws_security_group.g',
      type: 'aws_security_group',
      change: { actions: ['create'], before: null, after: {}, after_unknown: { id: true, ...unknown } },
    },
  ],
  configuration: {
    root_module: {
      resources: [
        {
          address: 'aws_security_group.g',
          expressions: Object.fromEntries(Object.keys(unknown).map((name) => [name, { references }])),
        },
      ],
    },
  },
});

test.each<[string, object, Gate]>([
  ['inbound', { ingress: true }, 'world'],
  ['outbound', { egress: true }, 'opened'],
])('rules of a group that are wholly unknown may be open to the world: %s', (_what, unknown, gate) => {
  const { before, after } = readPlannedChange(group(unknown, ['local.rules']), 'plan.json');
  expect(firstGate(before, after)).toBe(gate);
});

const vpcRule = (range: string): object => ({
  aws_vpc_security_group_ingress_rule: {
    r: { security_group_id: 'sg-0123', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: range },
  },
});

test.each<[string, string, Gate]>([
  ['one address', '${aws_eip.a.public_ip}/32', 'opened'],
  ['one address of an instance', '${aws_instance.a[0].private_ip}/32', 'opened'],
  ['every address', '${aws_eip.a.public_ip}/0', 'world'],
  ['some addresses', '${aws_eip.a.public_ip}/3', 'world'],
  ['a length that is not known', '${aws_eip.a.public_ip}/${var.v}', 'world'],
])('a far end is an address with a prefix length: %s', (_what, range, gate) => {
  expect(firstGate(NOTHING, read(vpcRule(range)))).toBe(gate);
});

test('a plan does not say which prefix length an address has', () => {
  const address = 'aws_vpc_security_group_ingress_rule.r';
  const known = { security_group_id: 'sg-0123', ip_protocol: 'tcp', from_port: 22, to_port: 22 };
  const plan = {
    format_version: '1.2',
    planned_values: { root_module: { resources: [{ address, type: address.split('.')[0], values: known }] } },
    resource_changes: [
      {
        address,
        type: address.split('.')[0],
        change: { actions: ['create'], before: null, after: known, after_unknown: { cidr_ipv4: true } },
      },
    ],
    configuration: {
      root_module: {
        resources: [{ address, expressions: { cidr_ipv4: { references: ['aws_eip.b.public_ip', 'aws_eip.b'] } } }],
      },
    },
  };
  const { before, after } = readPlannedChange(plan, 'plan.json');
  expect(firstGate(before, after)).toBe('world');
});
