import {
  allowedNames,
  type HostnameFilterJson,
  type HostnameJson,
  type PeerJson,
  type ProvenanceJson,
  rulesOf,
} from '../../../provenance';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type GroupName, type Rule, UNORDERED } from '../../rule';
import { portInterval, protocolNumber, rangesIn, rangeText } from '../../sets';
import { isUnknown } from '../../terraform';
import { firewallVpc } from '../hostnames';
import { networksOfPolicy, provenancePorts, type ProvenanceContext, rangesOfPeer, evaluatedText } from './needed-rules';
import { namedPeers } from '../peers';

/** The machines behind a filter, and the network if the filter belongs to one. */
interface FilteredMachines {
  readonly group: GroupName;
  readonly network: string;
}

/**
 * Returns the rules that the hostnames of a stack need, derived from their filters and not from existing rules: the narrowest that each
 * filter can have.
 */
export function neededHostnames({ hostnames = [], peers }: ProvenanceJson, context: ProvenanceContext): Rule[] {
  return hostnames.flatMap((hostname) => neededByHostname(hostname, peers, context));
}

/** Returns the rules that one hostname needs; none if the firewall team manages its filter. */
export function neededByHostname(
  hostname: HostnameJson,
  peers: readonly PeerJson[],
  context: ProvenanceContext,
): Rule[] {
  return machinesBehind(hostname, peers, context).flatMap((at) => hostnameRules(hostname, at, context));
}

/** Returns the machines behind the filter of a hostname; none if the firewall team manages the filter. */
export function machinesBehind(
  { filter, clients, rules }: HostnameJson,
  peers: readonly PeerJson[],
  context: ProvenanceContext,
): FilteredMachines[] {
  if (filter === undefined) return [];
  if (filter.kind === 'firewall-policy') return machinesOfPolicy(filter, context);
  if (filter.kind === 'url-list') return [{ group: machinesOfProxy(filter, context), network: '' }];
  if (clients === undefined) {
    return [...new Set(rulesOf({ rules }).map(firewallVpc))].map((group) => ({ group, network: '' }));
  }
  return rangesOfPeer(peers[clients], context).flatMap(({ name, family, addresses }) => {
    if (name !== ANY_MACHINE) return [{ group: name.replace(/^unknown:/, 'machines:') as EndName, network: '' }];
    return rangesIn(addresses).map((range) => ({
      group: `machines:${rangeText(family, range)}` as const,
      network: '',
    }));
  });
}

function machinesOfProxy({ policy = '', location, project }: HostnameFilterJson, context: ProvenanceContext): EndName {
  const owner = project === undefined ? undefined : valueOf(project, context);
  return `machines:${[owner, location, policy].filter((part) => part !== undefined).join('/')}`;
}

function machinesOfPolicy(
  { policy = '', project, region, accounts }: HostnameFilterJson,
  context: ProvenanceContext,
): FilteredMachines[] {
  const groups = accounts?.map((account): EndName => `account:${valueOf(account, context)}`) ?? [ALL_INSTANCES];
  return networksOfPolicy({ policy, project, region }, context).flatMap((network) =>
    groups.map((group) => ({ group, network })),
  );
}

function valueOf(value: string, context: ProvenanceContext): string {
  const found = evaluatedText(value, undefined, context);
  return isUnknown(found) ? (found.expression ?? value) : found;
}

const ALL_TCP = portInterval(protocolNumber('tcp')!);

/** Returns a rule for each documented port. AWS Network Firewall matches on every port. */
function hostnameRules(
  { filter, hostname, ports, document, row }: HostnameJson,
  { group, network }: FilteredMachines,
  context: ProvenanceContext,
): Rule[] {
  return ports.map((port) => ({
    address: `${document}/${row}`,
    file: context.file,
    direction: 'egress',
    network,
    groups: [group],
    peers: allowedNames(hostname, port, filter?.kind).flatMap((name) => namedPeers(`host:${name}`)),
    ports: [filter?.kind === 'domain-list' ? ALL_TCP : provenancePorts(port, context)],
    action: 'allow',
    precedence: UNORDERED,
  }));
}
