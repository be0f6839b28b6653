import { nearestName, refusal, shown } from '../../input';
import type { Configuration } from '../configuration';
import type { NamedEnd } from '../named-ends';
import { ALL_INSTANCES, type GroupName, notAttachedReason } from '../rule';
import { isInProject } from '../stack-networks';

const PLACE = '--network';
/** A network on GCP by its name, with or without its project. */
const NETWORK = /^(?:[\w.:-]+\/)?[-a-z0-9]+$/;

/** The machines whose network is needed, and how errors name it. */
interface MachinesOfNetwork {
  readonly group: GroupName;
  readonly end: Pick<NamedEnd, 'networks' | 'isOfNetwork'>;
  readonly place: string;
}

/** Returns the network in which rules select machines; empty for security groups and pods. Throws if it must be given. */
export function networkOfGroup(
  group: GroupName,
  end: NamedEnd,
  configuration: Configuration,
  network: string | undefined,
): string {
  if (/^(?:sg|machines|pods):/.test(group)) return '';
  const found = knownNetworkOf({ group, end, place: PLACE }, configuration, network);
  if (found !== undefined) return found;
  const need = `must be given for ${shown(group)}, because no rule of the configuration names a network`;
  throw refusal(PLACE, 'network-required', need, shown(network));
}

/**
 * Returns the network of machines on GCP: the network that their name says, the one that is given, or the only possible one. Returns nothing
 * if no rule names a network. Throws if the network is unknown, or is one of several.
 */
export function knownNetworkOf(
  { group, end: { networks: recorded, isOfNetwork }, place }: MachinesOfNetwork,
  configuration: Configuration,
  network: string | undefined,
): string | undefined {
  const inRules = networksOf(group, configuration);
  const [only] = recorded;
  const certain = recorded.filter((name) => NETWORK.test(name) && !inRules.some((one) => isInProject(one, name)));
  // machines may have only requests in their network, and no rules
  const own = [...new Set([...inRules, ...certain])];
  const isCertain = own.includes(only) || own.length === 0 || notAttachedReason(only) !== undefined;
  if (isOfNetwork && recorded.length === 1 && isCertain) return only;
  // the provenance may say a network that no rule names
  if (network !== undefined && recorded.includes(network)) return network;
  if (network !== undefined) return networkFor(network, configuration, place) ?? network;
  if (own.length === 1) return own[0];
  if (own.length > 1) {
    const need = `must be given, because ${shown(group)} is in several networks`;
    throw refusal(place, 'network-required', need, shown(network), own.map(shown).join(' or '));
  }
  return recorded.length === 1 ? only : networkFor(undefined, configuration, place);
}

/** Returns the networks in which rules name machines. */
function networksOf(group: GroupName, { rules }: Configuration): readonly string[] {
  const naming = rules.filter(
    ({ groups, peers }) =>
      group === ALL_INSTANCES || groups.includes(group) || peers.some(({ name }) => name === group),
  );
  return networksFirst([...new Set(naming.map(({ network }) => network).filter((name) => name !== ''))]);
}

/** Leaves out policies that are attached to no network if there are networks: machines are in networks. */
function networksFirst(names: readonly string[]): readonly string[] {
  const networks = names.filter((name) => notAttachedReason(name) === undefined);
  return networks.length > 0 ? networks : names;
}

/**
 * Returns the network of the configuration that is meant: `network`, if it is one of them, else the only one.
 *
 * Returns nothing if `network` is not given and no rule names one. Throws if the network is unknown or must be given.
 */
function networkFor(network: string | undefined, { rules }: Configuration, place: string): string | undefined {
  const known = [...new Set(rules.map((rule) => rule.network).filter((name) => name !== ''))];
  if (known.length === 0 || (network !== undefined && known.includes(network))) return network;
  if (network === undefined) {
    const networks = networksFirst(known);
    if (networks.length === 1) return networks[0];
    const need = 'must be given, because the configuration has several networks';
    throw refusal(place, 'network-required', need, shown(network), networks.map(shown).join(' or '));
  }
  const inProjects = known.filter((name) => name.endsWith(`/${network}`));
  const nearest = inProjects.length === 1 ? inProjects[0] : nearestName(network, known);
  const need = `must be a network of the configuration: ${known.map(shown).join(', ')}`;
  throw refusal(place, 'network-unknown', need, shown(network), nearest && shown(nearest));
}

/** Throws if a network is given, and no end of a question is in a network on GCP. */
export function checkNetworkIsUsed(network: string | undefined, ends: readonly { readonly network?: string }[]): void {
  if (network === undefined || ends.some((end) => end.network !== undefined)) return;
  const need = 'must be left out, because neither end is machines in a network on GCP';
  throw refusal(PLACE, 'network-not-used', need, shown(network));
}
