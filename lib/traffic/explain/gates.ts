import type { EndAnswer, GateAnswer } from './answer';

/** What a firewall engineer calls the rules of a resource type. */
const KINDS: readonly (readonly [type: RegExp, kind: string])[] = [
  [/(?:^|\.)aws_networkfirewall_/, 'network firewall'],
  [/(?:^|\.)aws_/, 'security group'],
  [/(?:^|\.)google_network_security_/, 'secure web proxy'],
  [/(?:^|\.)google_compute_firewall_policy_rule\./, 'hierarchical firewall policy'],
  [/(?:^|\.)google_compute_(?:region_)?network_firewall_policy_rule\./, 'network firewall policy'],
  [/(?:^|\.)google_compute_firewall\./, 'VPC firewall rules'],
];

/**
 * Returns everything that a packet passes, in this order: the rules of its source, the network ACLs of both subnets, the rules of its
 * destination, and for the answer the network ACLs again. Ends that no rule of these files protects are left out.
 */
export function gatesInOrder(
  source: EndAnswer,
  destination: EndAnswer,
  acls: readonly GateAnswer[],
): readonly GateAnswer[] {
  const ofPacket = (packet: GateAnswer['packet']): GateAnswer[] => acls.filter((gate) => gate.packet === packet);
  return [
    ...gateOf('source', source),
    ...ofPacket('request'),
    ...gateOf('destination', destination),
    ...ofPacket('answer'),
  ];
}

function gateOf(end: GateAnswer['end'], answer: EndAnswer): GateAnswer[] {
  const { verdict, name, matching, reason, nearest, requested } = answer;
  if (verdict === 'not judged') return [];
  const deciding = matching.filter(({ isPart, unknown }) => isPart === undefined && unknown === undefined);
  const rules = (verdict === 'passes' || verdict === 'refused' ? deciding.slice(0, 1) : matching).map(
    ({ address, action }) => ({ address, action }),
  );
  const address = rules[0]?.address ?? nearest?.address;
  const kind = requested.length > 0 ? 'firewall of the firewall team' : kindOf(name, address);
  return [{ kind, end, packet: 'request', name, verdict, ...(reason !== undefined && { reason }), rules }];
}

function kindOf(name: string, address: string | undefined): string {
  const ofRule = KINDS.find(([type]) => address !== undefined && type.test(address));
  if (ofRule !== undefined) return ofRule[1];
  return name.startsWith('sg:') ? 'security group' : 'firewall rules';
}
