import { grouped, NameIndex, refusal, shown } from '../../input';
import {
  AddressFamily,
  areWorldWide,
  type Cidr,
  existsIn,
  parseIpAddress,
  type Port,
  rangesOf,
  redundantRanges,
  sortedRanges,
} from '../../net';
import { peerNames, type TracedFlow, type TracedPeer } from '../../provenance';
import { groupsWithoutRanges, peerRanges } from '../peer-text';
import { loadBalancersOf, peerKey } from '../request';

/** Packets that a machine must accept (in) or may have to send (out). */
export interface HostRule {
  readonly direction: 'in' | 'out';
  /** Of one protocol. */
  readonly port: Port;
  readonly family: AddressFamily;
  /** The far ends: sorted, and none contains another. */
  readonly ranges: readonly Cidr[];
  /** The flows that need it, at least one. */
  readonly flows: readonly TracedFlow[];
}

/** What the firewall of one machine must allow. */
export interface HostRules {
  /** The name of the machines. */
  readonly machines: string;
  /** In the order of the documents. */
  readonly rules: readonly HostRule[];
  /** Whether outbound packets are part of it. */
  readonly isOutbound: boolean;
  /** What only some of the machines need, so that it is not in the rules. */
  readonly remarks: readonly string[];
}

/** Whose rules are asked for. */
interface HostRulesOptions {
  /** The id of the role of the machine, or a name or an IP address of its machines; absent if the user did not say it. */
  readonly role?: string;
  /** Whether outbound packets are part of it. */
  readonly outbound: boolean;
  /** How errors name the call: `host-rules`. */
  readonly place: string;
}

const ROLE_ERRORS = {
  need: 'must be a role of Linux machines, or one of their names',
  unknown: 'role-unknown',
  ambiguous: 'group-ambiguous',
} as const;

/**
 * Returns what a machine must accept: every flow whose destination has all of its machines, in whatever role, and of a load balancer what
 * goes to its virtual address. Throws unless the role has
 * machines of `LinuxHosts`, and if IP ranges of a far end are not known.
 */
export function hostRules(flows: readonly TracedFlow[], { role, outbound, place }: HostRulesOptions): HostRules {
  const machines = machinesOf(flows, role, place);
  const inbound = partsOf(flows, machines, 'destination');
  const sent = outbound ? partsOf(flows, machines, 'source') : NO_PARTS;
  const rules = [...rulesFor('in', inbound.whole, place), ...rulesFor('out', sent.whole, place)];
  const remarks = [...inbound.part, ...sent.part].map((flow) => partText(flow, machines));
  return { machines: machines.label, rules, isOutbound: outbound, remarks: [...new Set(remarks)] };
}

/** Returns the Linux machines with a role or a name. */
function machinesOf(flows: readonly TracedFlow[], role: string | undefined, place: string): TracedPeer {
  const ends = flows.flatMap((flow) => [
    { peer: flow.source, roleId: flow.sourceRole.id },
    { peer: flow.destination, roleId: flow.destinationRole.id },
  ]);
  const ofLinux = ends.filter(({ peer }) => peer.hasHostFirewall === true);
  if (ofLinux.length === 0) {
    const need = 'the stacks must have Linux machines whose own firewall you manage';
    throw refusal(place, 'linux-hosts-required', need, 'none', 'LinuxHosts.named(...) in the code of the stack');
  }
  if (role === undefined) {
    const roles = [...new Set(ofLinux.map(({ roleId }) => `--role ${shown(roleId)}`))];
    throw refusal(place, 'role-unknown', 'the role of the machine must be given', 'none', roles.join(' or '));
  }
  const byKey = grouped(ofLinux, ({ peer }) => peerKey(peer));
  const address = parseIpAddress(role);
  const atAddress = [...byKey].filter(
    ([, [{ peer }]]) =>
      address !== undefined &&
      rangesOf(address.family, peer.ranges).some(
        ({ _first, _last }) => _first <= address.value && address.value <= _last,
      ),
  );
  if (atAddress.length === 1) return atAddress[0][1][0].peer;
  const index = new NameIndex(
    [...byKey].map(([key, all]) => [key, [...peerNames(all[0].peer), ...new Set(all.map(({ roleId }) => roleId))]]),
  );
  const key = index.only(role, `${place}, --role`, ROLE_ERRORS);
  return byKey.get(key)![0].peer;
}

/** Flows of machines: those that all of them have, and those that only some have. */
interface Parts {
  readonly whole: readonly TracedFlow[];
  readonly part: readonly TracedFlow[];
}

const NO_PARTS: Parts = { whole: [], part: [] };

function partsOf(flows: readonly TracedFlow[], machines: TracedPeer, end: 'source' | 'destination'): Parts {
  const key = peerKey(machines);
  const shares = flows.map((flow): Share => {
    const addressees = end === 'source' ? [] : loadBalancersOf(flow, flows); // packets to a virtual address arrive at them
    const shareOfEnd = (peer: TracedPeer): Share => (peerKey(peer) === key ? 'whole' : shareOf(machines, peer));
    const found = [flow[end], ...addressees].map(shareOfEnd);
    return (['whole', 'part'] as const).find((share) => found.includes(share)) ?? 'none';
  });
  const having = (share: Share): TracedFlow[] => flows.filter((_, at) => shares[at] === share);
  return { whole: having('whole'), part: having('part') };
}

const FAMILIES = [AddressFamily.IPV4, AddressFamily.IPV6];

type Share = 'whole' | 'part' | 'none';

/** Returns how many of the machines are among the IP ranges of an end. Machines are not meant where everyone is. */
function shareOf(machines: TracedPeer, { ranges }: TracedPeer): Share {
  if (FAMILIES.some((family) => areWorldWide(family, rangesOf(family, ranges)))) return 'none';
  const within = machines.ranges.filter((own) => ranges.some((range) => contains(range, own)));
  if (machines.ranges.length > 0 && within.length === machines.ranges.length) return 'whole';
  const isTouched = machines.ranges.some((own) => ranges.some((range) => contains(own, range) || contains(range, own)));
  return isTouched ? 'part' : 'none';
}

function contains(range: Cidr, other: Cidr): boolean {
  return range.family === other.family && range._first <= other._first && other._last <= range._last;
}

function partText({ row, port, document, destination, source }: TracedFlow, { label }: TracedPeer): string {
  const ends = `${source.label} to ${destination.label}`;
  return `${String(port)} (${row} of ${document.key}), ${ends}: only some machines of ${label} are among them`;
}

/** Returns one rule for each port and IP family, with all far ends. */
function rulesFor(direction: HostRule['direction'], flows: readonly TracedFlow[], place: string): HostRule[] {
  const far = direction === 'in' ? 'source' : 'destination';
  const byPort = grouped(
    flows.flatMap((flow) => flow.port._ofOneProtocol().map((port) => ({ flow, port }))),
    ({ port }) => String(port),
  );
  for (const flow of flows) checkRanges(flow, far, place);
  return [...byPort.values()].flatMap((all) => {
    const [{ port }] = all;
    return FAMILIES.filter((family) => existsIn(family, port._intervals()[0])).flatMap((family) => {
      const needing = all
        .map(({ flow }) => flow)
        .filter(
          (flow) => (flow.family ?? family) === family && rangesOf(family, peerRanges(flow[far]).ranges).length > 0,
        );
      const ranges = withoutContained(needing.flatMap((flow) => rangesOf(family, peerRanges(flow[far]).ranges)));
      return ranges.length === 0 ? [] : [{ direction, port, family, ranges, flows: needing }];
    });
  });
}

function withoutContained(ranges: readonly Cidr[]): Cidr[] {
  const sorted = sortedRanges(ranges);
  const contained = new Set(redundantRanges(sorted).map(({ range }) => range));
  return sorted.filter((range) => !contained.has(range));
}

/** Throws if IP ranges of a far end are not known: without them, the firewall would close a documented port. */
function checkRanges(flow: TracedFlow, far: 'source' | 'destination', place: string): void {
  const peer = flow[far];
  const [group] = groupsWithoutRanges(peer);
  if (group === undefined && peerRanges(peer).references.length === 0) return;
  const name = group ?? peer.label;
  const need = `the IP ranges of ${name} must be known, because row ${flow.row} needs them`;
  const got = group === undefined ? 'ranges that are known after apply' : 'none';
  throw refusal(place, 'host-rule-without-ranges', need, got, `--ip-ranges ${shown(`${name}=10.0.0.0/24`)}`);
}
