import type { RangesJson, HostGroupJson, PeerJson, SelectorJson, UnknownRangeJson } from '../model/provenance-json';
import { refusal, shown } from '../model/refusal';
import { parseRange, WHOLE } from './address-space';
import { prefixListPeers } from './aws-prefix-lists';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName } from './names';
import { namedPeers } from './peers';
import { textIn, parsedValue, type ProvenanceContext } from './provenance-context';
import type { RulePeer } from './rule';
import { isUnknown } from './unknown-value';

/** The far ends that flows with a peer need. */
export function peersOf(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  return [...rangesOf(peer, context), ...peer.hostGroups.flatMap((group) => machinesOf(group, context))];
}

function machinesOf({ selectedBy, ipRanges }: HostGroupJson, context: ProvenanceContext): RulePeer[] {
  if (selectedBy === undefined) return [];
  if (selectedBy.kind === 'prefix-list') return listedPeers(selectedBy, ipRanges, context);
  const name = groupName(selectedBy, context);
  return name === ALL_INSTANCES ? [] : namedPeers(name);
}

/** A prefix list of this stack has the ranges that were given for it; one of others has what is known of it. */
function listedPeers(
  { value, otherValue, stack }: SelectorJson,
  ipRanges: RangesJson | undefined,
  context: ProvenanceContext,
): RulePeer[] {
  const ids = [value, ...(otherValue === undefined ? [] : [otherValue])].map((id) => textIn(id, stack, context));
  const isHere = ids.some((id) => context.lists.has(context.aws.list(id) ?? ''));
  if (isHere && ipRanges !== undefined) return rangesOf(ipRanges, context);
  return ids.flatMap((id) => prefixListPeers(id, context.aws, context.lists)?.peers ?? namedPeers(`list:${value}`));
}

/** The ranges of a peer, with those that were given of the groups in it. */
export function requestedRanges(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  const given = peer.hostGroups.flatMap(({ ipRanges }) => (ipRanges === undefined ? [] : [ipRanges]));
  return [peer, ...given].flatMap((ranges) => rangesOf(ranges, context));
}

function rangesOf({ ranges, unknownRanges = [] }: RangesJson, context: ProvenanceContext): RulePeer[] {
  const unknown = unknownRanges.flatMap((range) => unknownRange(range, context));
  return [...ranges.map((text) => known(text, context)), ...unknown];
}

function unknownRange({ family, value, stack }: UnknownRangeJson, context: ProvenanceContext): RulePeer[] {
  const found = parsedValue(value, stack, context);
  const members: readonly unknown[] = Array.isArray(found) ? found : [found];
  return members.map((member) => {
    if (typeof member === 'string') return known(member, context);
    if (!isUnknown(member)) {
      throw refusal(`${context.file}, metadata.clusterPorts`, 'a range must be text', shown(member));
    }
    const name: PeerName = `unknown:${member.expression ?? value}`;
    return { name, family, addresses: WHOLE[family] };
  });
}

function known(text: string, { file }: ProvenanceContext): RulePeer {
  const range = parseRange(text);
  if ('problem' in range) throw refusal(`${file}, metadata.clusterPorts`, `a range ${range.problem}`, shown(text));
  return { name: ANY_MACHINE, family: range.family, addresses: range.bounds };
}

/** The name by which rules select machines. */
export function groupName({ kind, value, stack }: SelectorJson, context: ProvenanceContext): GroupName {
  if (kind === 'all-instances') return ALL_INSTANCES;
  const found = textIn(value, stack, context);
  if (kind === 'sg') return context.aws.group(found) ?? `sg:${value}`;
  if (kind === 'prefix-list') return `list:${context.aws.list(found) ?? value}`;
  return `${kind}:${isUnknown(found) ? (found.expression ?? value) : found}`;
}
