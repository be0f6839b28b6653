import fc from 'fast-check';

/** A configuration whose rules use few ports, IP addresses and names, so that every packet can be tried. */
export interface SmallConfiguration {
  readonly resource: {
    readonly google_compute_firewall: Record<string, SmallFirewall>;
    readonly aws_vpc_security_group_ingress_rule: Record<string, SmallGroupRule>;
    readonly aws_vpc_security_group_egress_rule: Record<string, SmallGroupRule>;
  };
}

interface SmallFirewall {
  readonly network: string;
  readonly direction?: 'INGRESS' | 'EGRESS';
  readonly priority?: number;
  readonly disabled?: boolean;
  readonly allow?: Layer[];
  readonly deny?: Layer[];
  readonly source_ranges?: string[];
  readonly source_tags?: string[];
  readonly destination_ranges?: string[];
  readonly target_tags?: string[];
}

interface Layer {
  readonly protocol: string;
  readonly ports?: string[];
}

interface SmallGroupRule {
  readonly security_group_id: string;
  readonly ip_protocol: string;
  readonly from_port?: number;
  readonly to_port?: number;
  readonly cidr_ipv4?: string;
  readonly cidr_ipv6?: string;
  readonly referenced_security_group_id?: string;
  readonly prefix_list_id?: string;
}

/** A packet, in the words of the brute-force evaluator. */
export interface SmallPacket {
  readonly cloud: 'gcp' | 'aws';
  readonly direction: 'ingress' | 'egress';
  /** A tag or security group at the near end; absent for a machine without tags. */
  readonly group?: string;
  /** A tag or security group at the far end; absent for a machine that has neither. */
  readonly peer?: string;
  readonly address: string;
  /** The index of its protocol and port in `SERVICES`. */
  readonly service: number;
}

const RANGES = ['10.0.0.0/30', '10.0.0.0/31', '10.0.0.2/31', '10.0.0.0/32', '10.0.0.1/32', '0.0.0.0/0'];
const RANGES_V6 = ['2001:db8::/128', '::/0'];
/** Ranges and prefix lists that are not known. */
const UNKNOWN_RANGES = ['${var.office}', '${var.partner}'];
const UNKNOWN_LISTS = ['pl-0a', 'pl-0b'];
export const TAGS = ['a', 'b'];
export const GROUPS = ['sg-0a', 'sg-0b'];
export const ADDRESSES = ['10.0.0.0', '10.0.0.1', '10.0.0.2', '192.0.2.1', '2001:db8::', '2001:db8::1'];
const PORTS = [0, 1, 2, 3, 4];

/** All protocols and ports of the small world. */
export const SERVICES = [1, 6, 17].flatMap((protocol) => PORTS.map((port) => ({ protocol, port })));

const ports = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 2 }))
  .map(([from, more]) => [from, Math.min(3, from + more)] as const);
const layer: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({
    protocol: fc.constantFrom('tcp', 'udp', '6', '17', 'TCP'),
    ports: fc.array(
      ports.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  fc.record({ protocol: fc.constantFrom('tcp', 'all', 'icmp') }),
);
const layers = fc.array(layer, { minLength: 1, maxLength: 2 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const some = (values: string[]): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const rangesOfOneFamily = fc.oneof({ weight: 4, arbitrary: some(RANGES) }, { weight: 1, arbitrary: some(RANGES_V6) });

const firewalls = (ofRanges: fc.Arbitrary<string[]>): fc.Arbitrary<SmallFirewall> =>
  fc
    .record({
      isIngress: fc.boolean(),
      isAllow: fc.boolean(),
      layers,
      priority: maybe(fc.constantFrom(0, 1, 1000)),
      disabled: maybe(fc.constantFrom(true, false, false, false)),
      ranges: maybe(ofRanges),
      tags: maybe(some(TAGS)),
      targets: maybe(some(TAGS)),
    })
    .map(({ isIngress, isAllow, layers: of, ranges, tags, targets, ...rest }) => ({
      ...rest,
      network: 'prod',
      direction: isIngress ? ('INGRESS' as const) : ('EGRESS' as const),
      ...(isAllow ? { allow: of } : { deny: of }),
      ...(isIngress ? { source_ranges: ranges, source_tags: tags } : { destination_ranges: ranges }),
      target_tags: targets,
    }));

const groupRules = (more: readonly string[]): fc.Arbitrary<SmallGroupRule> =>
  fc
    .tuple(
      fc.constantFrom(...GROUPS),
      fc.oneof(
        fc
          .record({ ip_protocol: fc.constantFrom('tcp', 'udp', '6'), ports })
          .map(({ ip_protocol, ports: [from_port, to_port] }) => ({ ip_protocol, from_port, to_port })),
        fc.constantFrom({ ip_protocol: '-1' }, { ip_protocol: 'icmp', from_port: -1, to_port: -1 }),
      ),
      fc.oneof(
        fc.constantFrom(...RANGES).map((cidr_ipv4) => ({ cidr_ipv4 })),
        fc.constantFrom(...RANGES_V6).map((cidr_ipv6) => ({ cidr_ipv6 })),
        fc.constantFrom(...GROUPS).map((referenced_security_group_id) => ({ referenced_security_group_id })),
        ...(more.length === 0 ? [] : [fc.constantFrom(...more).map((prefix_list_id) => ({ prefix_list_id }))]),
      ),
    )
    .map(([security_group_id, protocol, peer]) => ({ security_group_id, ...protocol, ...peer }));

/** Returns random configurations with at most `rules` rules of each cloud and direction; on request, with ranges that are not known. */
export function smallConfigurations(
  rules: number,
  { hasUnknown = false }: { hasUnknown?: boolean } = {},
): fc.Arbitrary<SmallConfiguration> {
  const named = <T>(values: T[]): Record<string, T> =>
    Object.fromEntries(values.map((value, index) => [`rule${index}`, value]));
  const ranges = hasUnknown ? fc.oneof(rangesOfOneFamily, some([...UNKNOWN_RANGES, ...RANGES])) : rangesOfOneFamily;
  const ofGroups = fc.array(groupRules(hasUnknown ? UNKNOWN_LISTS : []), { maxLength: rules });
  return fc
    .tuple(fc.array(firewalls(ranges), { maxLength: rules }), ofGroups, ofGroups)
    .map(([ofNetwork, ingress, egress]) => ({
      resource: {
        google_compute_firewall: named(ofNetwork),
        aws_vpc_security_group_ingress_rule: named(ingress),
        aws_vpc_security_group_egress_rule: named(egress),
      },
    }));
}

/** Every packet that a small configuration can distinguish. */
export const ALL_PACKETS: readonly SmallPacket[] = (['gcp', 'aws'] as const).flatMap((cloud) =>
  (['ingress', 'egress'] as const).flatMap((direction) =>
    (cloud === 'gcp' ? [undefined, ...TAGS] : GROUPS).flatMap((group) =>
      [undefined, ...(cloud === 'gcp' ? TAGS : GROUPS)].flatMap((peer) =>
        ADDRESSES.flatMap((address) =>
          SERVICES.flatMap(({ protocol }, service) =>
            // ICMP is a protocol of IPv4 only
            protocol === 1 && address.includes(':') ? [] : [{ cloud, direction, group, peer, address, service }],
          ),
        ),
      ),
    ),
  ),
);

/** Returns for every packet whether it is permitted: evaluates every rule as the documentation of the clouds describes. */
export function verdicts(configuration: SmallConfiguration): boolean[] {
  return ALL_PACKETS.map(smallEvaluator(configuration));
}

/** Returns a function that evaluates every rule for a packet. Ranges that are not known contain every IP address, or none. */
export function smallEvaluator(
  { resource }: SmallConfiguration,
  everything: readonly string[] = [],
): (packet: SmallPacket) => boolean {
  const ofNetwork = Object.values(resource.google_compute_firewall).map((rule) => ({
    rule,
    matches: firewallMatches(rule, everything),
  }));
  const matchesOf = (rules: Record<string, SmallGroupRule>): Matches[] =>
    Object.values(rules).map((rule) => groupRuleMatches(rule, everything));
  const ofGroups = {
    ingress: matchesOf(resource.aws_vpc_security_group_ingress_rule),
    egress: matchesOf(resource.aws_vpc_security_group_egress_rule),
  };
  return (packet) => {
    if (packet.cloud === 'aws') return ofGroups[packet.direction].some((matches) => matches(packet));
    let [first, isDenied, isMatched] = [Infinity, false, false];
    for (const { rule, matches } of ofNetwork) {
      if (!matches(packet)) continue;
      const priority = rule.priority ?? 1000;
      if (priority < first) [first, isDenied] = [priority, false];
      if (priority === first && rule.deny !== undefined) isDenied = true;
      isMatched = true;
    }
    return isMatched ? !isDenied : packet.direction === 'egress';
  };
}

/** Returns the ranges and prefix lists of a configuration that are not known. */
export function unknownIn(configuration: SmallConfiguration): string[] {
  const text = JSON.stringify(configuration);
  return [...UNKNOWN_RANGES, ...UNKNOWN_LISTS].filter((name) => text.includes(name));
}

type Matches = (packet: SmallPacket) => boolean;

function groupRuleMatches(rule: SmallGroupRule, everything: readonly string[]): Matches {
  const range = rule.cidr_ipv4 ?? rule.cidr_ipv6;
  const isEverything = rule.prefix_list_id !== undefined && everything.includes(rule.prefix_list_id);
  const addresses = new Set(ADDRESSES.filter((address) => range !== undefined && isIn(address, range)));
  const services = servicesOf((protocol, port) => {
    if (rule.ip_protocol === '-1') return true;
    if (NUMBERS[rule.ip_protocol] !== protocol) return false;
    return protocol === 1 || (rule.from_port! <= port && port <= rule.to_port!);
  });
  return ({ group, peer, address, service }) =>
    rule.security_group_id === group &&
    services[service] &&
    (isEverything || addresses.has(address) || (peer !== undefined && rule.referenced_security_group_id === peer));
}

function firewallMatches(rule: SmallFirewall, everything: readonly string[]): Matches {
  const { disabled, direction, target_tags: targets, source_tags: tags = [], allow, deny } = rule;
  const ranges = rule.source_ranges ?? rule.destination_ranges ?? (rule.source_tags ? [] : ['0.0.0.0/0']);
  const isEverything = ranges.some((range) => everything.includes(range));
  const known = ranges.filter((range) => !UNKNOWN_RANGES.includes(range));
  const addresses = new Set(ADDRESSES.filter((address) => known.some((range) => isIn(address, range))));
  const services = servicesOf((protocol, port) => (allow ?? deny)!.some((one) => layerMatches(one, protocol, port)));
  const ruleDirection = direction!.toLowerCase();
  return (packet) =>
    disabled !== true &&
    ruleDirection === packet.direction &&
    services[packet.service] &&
    (targets === undefined || targets.includes(packet.group ?? '')) &&
    (isEverything || addresses.has(packet.address) || tags.includes(packet.peer ?? ''));
}

/** Returns for every protocol and port whether `holds` is true. */
function servicesOf(holds: (protocol: number, port: number) => boolean): boolean[] {
  return SERVICES.map(({ protocol, port }) => holds(protocol, port));
}

function layerMatches(layer: Layer, protocol: number, port: number): boolean {
  if (layer.protocol === 'all') return true;
  if (NUMBERS[layer.protocol.toLowerCase()] !== protocol) return false;
  return (
    layer.ports?.some((text) => {
      const [from, to = from] = text.split('-').map(Number);
      return from <= port && port <= to;
    }) ?? true
  );
}

const NUMBERS: Record<string, number> = { tcp: 6, '6': 6, udp: 17, '17': 17, icmp: 1 };

/** Works only for the IP addresses of the small world, which differ in the last number. */
function isIn(address: string, range: string): boolean {
  const [network, length] = range.split('/');
  const isV6 = address.includes(':');
  if (isV6 !== network.includes(':')) return false;
  if (length === '0') return true;
  if (isV6) return address === network;
  if (!address.startsWith('10.0.0.')) return false;
  const size = 2 ** (32 - Number(length));
  const [last, first] = [address, network].map((text) => Number(text.split('.')[3]));
  return first <= last && last < first + size;
}
