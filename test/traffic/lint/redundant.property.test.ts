import fc from 'fast-check';
import { lint } from '../../../lib/traffic/lint/lint';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import '../../properties/runs';

const RUNS = { numRuns: Number(process.env.REDUNDANT_RUNS ?? 150) };

/** A firewall of GCP in a world of few ports, tags and IP addresses. */
interface SmallFirewall {
  readonly action: 'allow' | 'deny';
  readonly priority: number;
  /** All machines of the network if absent. */
  readonly target?: string;
  readonly source: string;
  readonly from: number;
  readonly to: number;
}

const PRIORITIES = [100, 200, 300];
const IPV4 = ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/30', '10.0.0.0/31', '10.0.0.2/31', '10.0.0.1/32'];
const TAG = 'src';
/** Each of them stands for the addresses that all ranges above treat alike. */
const SOURCES = ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.9', '192.0.2.1', '2001:db8::1'];
const PORTS = [1, 2, 3, 4];
const TARGETS = [undefined, 'a', 'b'] as const;

const firewall: fc.Arbitrary<SmallFirewall> = fc
  .record({
    action: fc.constantFrom('allow' as const, 'allow' as const, 'allow' as const, 'deny' as const),
    priority: fc.constantFrom(...PRIORITIES),
    target: fc.constantFrom(...TARGETS),
    source: fc.constantFrom(...IPV4, TAG, '::/0'),
    ports: fc.tuple(fc.constantFrom(...PORTS), fc.constantFrom(...PORTS)),
  })
  .map(({ ports: [one, other], ...rest }) => ({ ...rest, from: Math.min(one, other), to: Math.max(one, other) }));

function inRange(address: string, range: string): boolean {
  const [network, bits] = range.split('/');
  if (network.includes(':') || address.includes(':')) return network.includes(':') && address.includes(':');
  const numberOf = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(network) / size);
}

interface Packet {
  readonly targetTags: readonly string[];
  readonly hasTag: boolean;
  readonly address: string;
  readonly port: number;
}

const PACKETS: readonly Packet[] = [[], ['a'], ['b'], ['a', 'b']].flatMap((targetTags) =>
  [true, false].flatMap((hasTag) =>
    SOURCES.flatMap((address) => PORTS.map((port) => ({ targetTags, hasTag, address, port }))),
  ),
);

/** Whether Google lets a packet pass: the first rule that matches decides, and of equal priorities one that denies. */
function passes(rules: readonly SmallFirewall[], { targetTags, hasTag, address, port }: Packet): boolean {
  const matching = rules.filter(
    ({ target, source, from, to }) =>
      (target === undefined || targetTags.includes(target)) &&
      (source === TAG ? hasTag : inRange(address, source)) &&
      from <= port &&
      port <= to,
  );
  const first = Math.min(...matching.map(({ priority }) => priority));
  const deciding = matching.filter(({ priority }) => priority === first);
  return deciding.length > 0 && deciding.every(({ action }) => action === 'allow');
}

function isSame(some: readonly SmallFirewall[], others: readonly SmallFirewall[]): boolean {
  return PACKETS.every((packet) => passes(some, packet) === passes(others, packet));
}

function without<T>(rules: readonly T[], index: number): T[] {
  return rules.filter((_rule, at) => at !== index);
}

/** Returns the rules that are not redundant to `lint`. */
function withoutRedundant(rules: readonly SmallFirewall[]): SmallFirewall[] {
  const resources = rules.map(({ action, priority, target, source, from, to }, at) => [
    `r${at}`,
    {
      ...{ network: 'prod', priority, description: 'by hand' },
      [action]: [{ protocol: 'tcp', ports: [`${from}-${to}`] }],
      ...(source === TAG ? { source_tags: [TAG] } : { source_ranges: [source] }),
      ...(target !== undefined && { target_tags: [target] }),
    },
  ]);
  const resource = { google_compute_firewall: Object.fromEntries(resources) as unknown };
  const { findings } = lint(readTerraform({ resource }, 'cdk.tf.json'));
  const redundant = new Set(findings.filter(({ code }) => code === 'redundant').map(({ address }) => address));
  return rules.filter((_rule, at) => !redundant.has(`google_compute_firewall.r${at}`));
}

test('removing all redundant firewalls of GCP closes and opens nothing', () => {
  fc.assert(
    fc.property(fc.array(firewall, { minLength: 2, maxLength: 8 }), (rules) => {
      expect(isSame(withoutRedundant(rules), rules)).toBe(true);
    }),
    RUNS,
  );
});

test('where nothing denies, each firewall that remains opens something that the others do not', () => {
  const allowing = firewall.filter(({ action }) => action === 'allow');
  fc.assert(
    fc.property(fc.array(allowing, { minLength: 2, maxLength: 8 }), (rules) => {
      const left = withoutRedundant(rules);
      expect(left.filter((_rule, at) => isSame(without(left, at), left))).toEqual([]);
    }),
    RUNS,
  );
});

/** A rule of a security group in a small world. */
interface SmallRule {
  readonly far: string;
  readonly from: number;
  readonly to: number;
}

const GROUP = 'sg-bbbbbbbb';
const awsRule: fc.Arbitrary<SmallRule> = fc
  .record({
    far: fc.constantFrom(...IPV4, '::/0', GROUP),
    ports: fc.tuple(fc.constantFrom(...PORTS), fc.constantFrom(...PORTS)),
  })
  .map(({ far, ports: [one, other] }) => ({ far, from: Math.min(one, other), to: Math.max(one, other) }));

/** A security group lets pass what any of its rules allows; machines of a group are known by the group, whatever their IP addresses. */
function isAllowed(rules: readonly SmallRule[], address: string, isInGroup: boolean, port: number): boolean {
  return rules.some(
    ({ far, from, to }) => from <= port && port <= to && (far === GROUP ? isInGroup : inRange(address, far)),
  );
}

function isSameGroup(some: readonly SmallRule[], others: readonly SmallRule[]): boolean {
  return SOURCES.every((address) =>
    [true, false].every((isInGroup) =>
      PORTS.every((port) => isAllowed(some, address, isInGroup, port) === isAllowed(others, address, isInGroup, port)),
    ),
  );
}

test('removing all redundant rules of a security group closes nothing, and each that remains opens something', () => {
  const type = 'aws_vpc_security_group_ingress_rule';
  fc.assert(
    fc.property(fc.uniqueArray(awsRule, { minLength: 2, maxLength: 8, selector: JSON.stringify }), (rules) => {
      const resources = rules.map(({ far, from, to }, at) => {
        const end = far === GROUP ? 'referenced_security_group_id' : far.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4';
        const facts = { security_group_id: 'sg-aaaaaaaa', ip_protocol: 'tcp', from_port: from, to_port: to };
        return [`r${at}`, { ...facts, [end]: far, description: 'by hand' }];
      });
      const resource = { [type]: Object.fromEntries(resources) as unknown };
      const { findings } = lint(readTerraform({ resource }, 'cdk.tf.json'));
      const redundant = new Set(findings.filter(({ code }) => code === 'redundant').map(({ address }) => address));
      const left = rules.filter((_rule, at) => !redundant.has(`${type}.r${at}`));
      expect(isSameGroup(left, rules)).toBe(true);
      expect(left.filter((_rule, at) => isSameGroup(without(left, at), left))).toEqual([]);
    }),
    RUNS,
  );
});
