import { addTo } from '../../input';
import type { Configuration } from '../configuration';
import {
  decisiveAt,
  type EndAnswer,
  type EvaluatedGate,
  type GateAnswer,
  HOST_FIREWALL,
  type MatchingRule,
  NODE_FIREWALL,
  OF_FIREWALL_TEAM,
} from './answer';
import type { QuestionEnd } from './ends';

/** What gates that are network policies of Kubernetes are called. */
export const NETWORK_POLICIES = 'network policies';
/**
 * What decides about a packet that no rule matches, or that the last policy passes on (`goto_next`): the last step of Google's order, also where
 * the firewall rules of the network came first (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order).
 */
const IMPLIED_RULES = 'implied rules of the network';

/** What a firewall engineer calls the rules of a resource type. */
const KINDS: readonly (readonly [type: RegExp, kind: string])[] = [
  [/(?:^|\.)kubernetes_|networking\.k8s\.io|NetworkPolicy/, NETWORK_POLICIES],
  [/(?:^|\.)aws_networkfirewall_/, 'network firewall'],
  [/(?:^|\.)aws_/, 'security group'],
  [/(?:^|\.)google_network_security_/, 'secure web proxy'],
  [/(?:^|\.)google_compute_firewall_policy_rule\./, 'hierarchical firewall policy'],
  [/(?:^|\.)google_compute_(?:region_)?network_firewall_policy_rule\./, 'network firewall policy'],
  [/(?:^|\.)google_compute_firewall\./, 'VPC firewall rules'],
];

/** An end of a packet, as the question names it and as its rules answer. */
interface GatedEnd {
  readonly end: QuestionEnd['end'];
  readonly answer: EndAnswer;
  /** Whether it is pods, or one of several ends that it may be is. */
  readonly isPods: boolean;
}

/** What is known about the way of a packet besides its ends. */
interface Surroundings {
  readonly acls: readonly GateAnswer[];
  /** Whether these files have the firewall of any machine, on which pods may run. */
  readonly hasMachineFirewalls: boolean;
}

/** The source of a packet, and whether a construct of these files opens the packet for it. */
interface GatedSource extends GatedEnd {
  readonly isAskedFor: boolean;
}

/**
 * Returns everything that a packet passes, in this order: the own firewall of its source, the rules of its source, the network ACLs of both
 * subnets, the rules of its destination, the own firewall of that machine, and for the answer the network ACLs again. The firewall of the
 * machine on which a pod runs is outside of the network policies of the pod. Ends that no rule of these files protects are left out.
 */
export function gatesInOrder(
  source: GatedSource,
  destination: GatedEnd,
  { acls, hasMachineFirewalls }: Surroundings,
): readonly GateAnswer[] {
  const ofPacket = (packet: GateAnswer['packet']): GateAnswer[] => acls.filter((gate) => gate.packet === packet);
  return [
    ...outboundHostGate(source),
    ...gatesOf('source', source.answer),
    ...(hasMachineFirewalls ? nodeGate('source', source) : []),
    ...ofPacket('request'),
    ...(hasMachineFirewalls ? nodeGate('destination', destination) : []),
    ...gatesOf('destination', destination.answer),
    ...hostGate(destination),
    ...ofPacket('answer'),
  ];
}

/** Returns the rules of one end, one gate for each kind of rules that is evaluated up to the one that decides. */
function gatesOf(end: GateAnswer['end'], answer: EndAnswer): GateAnswer[] {
  const { verdict, name, matching, reason, nearest, requested, mayDecide } = answer;
  if (mayDecide !== undefined) {
    const { address, action, otherwise } = mayDecide;
    const rules = [{ address, action }];
    const gate = { kind: kindOf(name, address), end, packet: 'request', name, verdict, reason, rules } as const;
    // a rule that may pass the packet leaves it unknown whether the others are asked
    const without = otherwise === 'passes' ? { ...answer, verdict: otherwise, reason: undefined } : answer;
    return [gate, ...gatesOf(end, { ...without, mayDecide: undefined })];
  }
  if (verdict === 'not judged') return [];
  const isDecided = verdict === 'passes' || verdict === 'refused';
  const decisive = decisiveAt(matching);
  const evaluated = (isDecided && decisive >= 0 ? matching.slice(0, decisive + 1) : matching).filter(
    ({ isSkipped }) => isSkipped === undefined,
  );
  const gates = new Map<string, MatchingRule[]>();
  for (const rule of evaluated) addTo(gates, kindOf(name, rule.address), rule);
  const last =
    requested.length > 0 || reason?.startsWith(OF_FIREWALL_TEAM) === true
      ? 'firewall of the firewall team'
      : lastKind(name, evaluated.at(-1), nearest?.address);
  if (!gates.has(last)) gates.set(last, []);
  return [...gates].map(([kind, rules]) => ({
    kind,
    end,
    packet: 'request',
    name,
    ...(kind === last || !isDecided ? { verdict, ...(reason !== undefined && { reason }) } : passedOn(rules)),
    rules: (kind === last && isDecided ? rules.slice(-1) : rules).map(({ address, action }) => ({ address, action })),
  }));
}

/** Returns the verdict of a gate before the one that decides: it passes the packet on, unless a rule of it may deny the packet. */
function passedOn(rules: readonly MatchingRule[]): Pick<EvaluatedGate, 'verdict' | 'reason'> {
  const denying = rules.find(({ action }) => action === 'deny');
  return denying === undefined
    ? { verdict: 'passes' }
    : { verdict: 'not known', reason: `${denying.address} may deny it` };
}

/**
 * Returns the own firewall of a Linux machine that sends. Only rule sets that are written with `--egress` restrict what it sends, which is
 * an option of a call and in no file.
 */
function outboundHostGate({ end: machines, answer, isAskedFor }: GatedSource): GateAnswer[] {
  if (machines.hasHostFirewall !== true) return [];
  const asked = isAskedFor ? 'a construct asks' : 'no construct asks';
  const reason = `${asked} for it; these files do not say whether "cluster-ports host-rules --egress" or anything else manages what the machine sends`;
  return [{ ...HOST_GATE, end: 'source', name: answer.name, verdict: 'not evaluated', reason }];
}

/** What every own firewall of a machine has. */
const HOST_GATE = { kind: HOST_FIREWALL, packet: 'request', rules: [] } as const;

/** Returns the own firewall of a Linux machine that receives: what it must accept is known, and not whether it does. */
function hostGate({ end: machines, answer }: GatedEnd): GateAnswer[] {
  if (machines.hasHostFirewall !== true) return [];
  const asked = answer.requested.length > 0 ? 'a construct asks' : 'no construct asks';
  const reason = `${asked} for it; these files do not say which rule set of "cluster-ports host-rules" is in force, nor what else the machine accepts`;
  return [{ ...HOST_GATE, end: 'destination', name: answer.name, verdict: 'not known', reason }];
}

/** Resource types that are firewalls of machines, or rules of one. Data sources only name them. */
const MACHINE_FIREWALL =
  /(?:^|\.)(?<!(?:^|\.)data\.)(?:aws_(?:default_|vpc_)?security_group|aws_(?:default_)?network_acl|google_compute_(?:(?:region_)?network_)?firewall|azurerm_network_security_)/;

/** Whether a configuration has the firewall of any machine, evaluated or not. */
export function hasMachineFirewalls({ addresses }: Pick<Configuration, 'addresses'>): boolean {
  return [...addresses].some((address) => MACHINE_FIREWALL.test(address));
}

/** Returns the firewall of the machine on which a pod runs. Terraform does not say which machine that is. */
function nodeGate(end: GateAnswer['end'], { isPods, answer: { name } }: GatedEnd): GateAnswer[] {
  if (!isPods) return [];
  const reason = 'these files do not say on which machines the pod runs';
  return [{ kind: NODE_FIREWALL, end, packet: 'request', name, verdict: 'not evaluated', reason, rules: [] }];
}

/** Returns the kind of the rules that decide. */
function lastKind(name: string, last: MatchingRule | undefined, nearest: string | undefined): string {
  return last?.action === 'next' ? IMPLIED_RULES : kindOf(name, last?.address ?? nearest);
}

function kindOf(name: string, address: string | undefined): string {
  const ofRule = KINDS.find(([type]) => address !== undefined && type.test(address));
  if (ofRule !== undefined) return ofRule[1];
  return KINDS_OF_NAMES.find(([start]) => name.startsWith(start))?.[1] ?? 'firewall rules';
}

/** The gates of machines of which no rule matches, by the beginning of their names. */
const KINDS_OF_NAMES: readonly (readonly [start: string, kind: string])[] = [
  ['sg:', 'security group'],
  ['pods:', NETWORK_POLICIES],
];
