import { shown } from '../../../input';
import { AddressFamily } from '../../../net';
import { ruleGroupName } from '../../../provenance';
import type { NotEvaluated, PossibleRule, Stops } from '../../configuration';
import { type EndName, type GroupName, UNORDERED } from '../../rule';
import { boundsOf, portInterval, protocolNumber, rangesIn, rangeText } from '../../sets';
import { type Block, isUnknown, unreadable } from '../../terraform';
import { attributeNotEvaluated, blockNotEvaluated, rangePeers, type ReadResult, unknownMachines } from '../peers';
import { exactHost, type HostForm, hostPeers, withSubdomains } from './host-peers';
import { mayDenyInSuricata } from './suricata';

/** The beginning of the names of machines in the VPC of a firewall. */
export const FIREWALL_VPC = 'machines:firewall-vpc';

/**
 * Returns the machines behind a firewall whose rule group does not set HOME_NET: those in the VPC of the firewall. The rule groups that a
 * construct creates for TLS and HTTP have the same machines, because hostnames at both ports need both.
 */
export function firewallVpc(ruleGroup: string): EndName {
  return `${FIREWALL_VPC} of ${ruleGroupName(ruleGroup)}`;
}

/** Whether machines are those in the VPC of a firewall. */
export function isFirewallVpc(name: string): boolean {
  return /^machines:(?:[^/ ]+\/)?firewall-vpc of /.test(name);
}

const PROTOCOLS: Readonly<Record<string, string>> = { TLS_SNI: 'TLS', HTTP_HOST: 'HTTP' };
const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];
/** The rules that AWS generates from a domain list have no port: `pass tls $HOME_NET any -> $EXTERNAL_NET any`. */
const ALL_TCP = portInterval(protocolNumber('tcp')!);
/** Rules that may allow and that may deny. */
const DECIDES: Stops = { added: 'opened', changed: 'opened', removed: 'opened' };

const SURICATA = 'rules in the form of Suricata are not evaluated';

/** Rules that only deny. */
const DENIES: Stops = { changed: 'opened', removed: 'opened' };

/** Reads an `aws_networkfirewall_rule_group`: the hostnames of an allow-list. All other rules in it are not evaluated. */
export function readDomainList(block: Block): ReadResult {
  const refused = (missing: NotEvaluated): ReadResult => ({
    rules: [],
    notEvaluated: [{ stops: DECIDES, ...missing }],
  });
  const source = onlyBlock(block, 'rule_group', 'rules_source');
  if (typeof source === 'string') return refused({ ...blockNotEvaluated(block, source), possible: deniesOf(block) });
  const other = OTHER_RULES.find(([name]) => hasValue(source.value(name)));
  if (other !== undefined) return refused({ ...blockNotEvaluated(block, other[1]), possible: deniesOf(source) });
  const list = onlyBlock(source, 'rules_source_list');
  if (typeof list === 'string') return refused(blockNotEvaluated(block, list));
  const [type, targetTypes] = [list.text('generated_rules_type'), list.texts('target_types')];
  if (isUnknown(type)) return refused(attributeNotEvaluated(block, 'generated_rules_type', type));
  const unknownType = targetTypes.find(isUnknown);
  if (unknownType !== undefined) return refused(attributeNotEvaluated(block, 'target_types', unknownType));
  const { peers, notEvaluated } = hostPeers(list, 'targets', formOf(targetTypes as readonly string[]));
  const known = { action: type === 'ALLOWLIST' ? 'allow' : 'deny', direction: 'egress', peers } as const;
  const missing = notEvaluated.map((one) => ({ ...one, address: block.address, known }));
  const machines = machinesBehind(block);
  if (type !== 'ALLOWLIST') {
    // the VPC of the firewall may have any IP address
    const areKnown = typeof machines !== 'string' && machines.notEvaluated.length === 0;
    const groups = areKnown && !machines.groups.some(isFirewallVpc) ? machines.groups : undefined;
    const possible = [{ ...DENY, groups, ...(notEvaluated.length === 0 && { peers, ports: [ALL_TCP] }) }];
    const denied = blockNotEvaluated(block, `generated_rules_type is ${shown(type)}`);
    return refused({ ...denied, known, possible, stops: DENIES });
  }
  if (typeof machines === 'string') return refused({ ...blockNotEvaluated(block, machines), known });
  if (peers.length === 0) return { rules: [], notEvaluated: missing };
  const description = block.text('description');
  const rule = {
    address: block.address,
    file: block.file,
    direction: 'egress' as const,
    network: '',
    groups: machines.groups,
    peers,
    ports: [ALL_TCP],
    action: 'allow' as const,
    precedence: UNORDERED,
    description: isUnknown(description) ? undefined : description,
  };
  return { rules: [rule], notEvaluated: [...missing, ...machines.notEvaluated] };
}

/** Rules that are not made of hostnames, and why they are not evaluated. */
const OTHER_RULES: readonly (readonly [name: string, reason: string])[] = [
  ['rules_string', SURICATA],
  ['stateful_rule', 'stateful rules are not evaluated'],
  ['stateless_rules_and_custom_actions', 'stateless rules are not evaluated'],
];

/** What is known about rules that deny. */
const DENY = { action: 'deny', direction: 'egress' } as const;

/** Returns what rules that are not evaluated may deny: nothing if they are text without rules that deny what an allow-list passes. */
function deniesOf(block: Block): PossibleRule[] {
  const text = ['rules', 'rules_string'].map((name) => block.value(name)).find(hasValue);
  return typeof text === 'string' && !mayDenyInSuricata(text) ? [] : [DENY];
}

/** Returns the block in which AWS expects exactly one of each, or why it cannot be evaluated. */
function onlyBlock(block: Block, ...names: readonly string[]): Block | string {
  const [name, ...rest] = names;
  const found = block.blocks(name);
  if (isUnknown(found)) return `${name} is ${found.reason}`;
  if (found.length !== 1) {
    const isText = name === 'rule_group' && hasValue(block.value('rules'));
    return isText ? SURICATA : `it has no ${name} that could be evaluated`;
  }
  return rest.length === 0 ? found[0] : onlyBlock(found[0], ...rest);
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function formOf(targetTypes: readonly string[]): HostForm {
  const other = targetTypes.find((type) => !Object.hasOwn(PROTOCOLS, type));
  if (other !== undefined) throw unreadable('target_types must be TLS_SNI or HTTP_HOST', shown(other));
  const hostsIn = (text: string): readonly string[] =>
    text.startsWith('.') ? withSubdomains(text.slice(1)) : exactHost(text);
  return { hostsIn, protocols: targetTypes.map((type) => PROTOCOLS[type]) };
}

/** The machines whose connections the rules of a group match. */
interface Machines {
  readonly groups: readonly GroupName[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Returns the machines in HOME_NET, or why they cannot be evaluated. */
function machinesBehind(block: Block): Machines | string {
  const [group] = block.blocks('rule_group') as readonly Block[];
  const variables = group.blocks('rule_variables');
  if (isUnknown(variables)) return `rule_variables is ${variables.reason}`;
  if (variables.length === 0) return { groups: [firewallVpc(block.address)], notEvaluated: [] };
  const sets = variables[0].blocks('ip_sets');
  if (isUnknown(sets)) return `ip_sets is ${sets.reason}`;
  const named = new Map(sets.map((set) => [set.text('key'), set]));
  if ([...named.keys()].some(isUnknown)) return 'the key of an IP set is known after apply';
  if (named.has('EXTERNAL_NET')) return 'EXTERNAL_NET is not evaluated';
  const home = named.get('HOME_NET');
  if (home === undefined) return { groups: [firewallVpc(block.address)], notEvaluated: [] };
  const set = onlyBlock(home, 'ip_set');
  return typeof set === 'string' ? set : machinesIn(set, block);
}

function machinesIn(set: Block, block: Block): Machines {
  const definition = set.ranges('definition');
  const known = definition.filter((text): text is string => !isUnknown(text));
  const unknown = definition.filter(isUnknown);
  const { peers } = rangePeers(set, 'definition', known.map(withPrefix), BOTH);
  const ranges = peers.flatMap(({ family, addresses }) =>
    rangesIn(boundsOf([...addresses])).map((range): EndName => `machines:${rangeText(family, range)}`),
  );
  const names = unknown.map((value): EndName => {
    const isCertain = value.expression !== undefined && value.extent === 'whole';
    return isCertain ? `machines:${value.expression}` : unknownMachines('machines', value, block, 'HOME_NET');
  });
  if (ranges.length + names.length === 0) throw unreadable('HOME_NET must have an IP range', 'none');
  return {
    groups: [...ranges, ...names],
    notEvaluated: unknown.map((value, index) => ({
      ...attributeNotEvaluated(block, 'HOME_NET', value),
      ...(value.expression !== undefined && value.extent === 'whole' ? { comparedAs: names[index] } : {}),
    })),
  };
}

/** AWS also accepts a single IP address. */
function withPrefix(text: string): string {
  return text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
}
