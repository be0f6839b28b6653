import { firstSentence } from '../access';
import { levelRemark, PortLevel } from '../tables';
import {
  isOnlyGroup,
  peerName,
  rangeTexts,
  type TracedFlow,
  type TracedHostGroup,
  type TracedPeer,
  type TracedRanges,
} from '../provenance';

/** Returns all known IP ranges of a peer: its own and those of its host groups. */
export function peerRanges(peer: TracedPeer): TracedRanges {
  const parts: TracedRanges[] = [peer, ...peer.hostGroups.flatMap(({ ipRanges }) => ipRanges ?? [])];
  return {
    ranges: [...new Map(parts.flatMap(({ ranges }) => ranges).map((range) => [String(range), range])).values()],
    references: [...new Set(parts.flatMap(({ references }) => references))],
  };
}

/** Returns the IP ranges as text, with placeholders such as `<aws_vpc.main.cidr_block>` for those that are known after apply. */
export function peerRangeTexts(peer: TracedPeer): string[] {
  return rangeTexts(peerRanges(peer));
}

/** Returns the name of a peer without its ranges, which the label of several peers together has; nothing if nothing is left. */
export function nameWithoutRanges(peer: TracedPeer): string | undefined {
  const ranges = new Set(peerRangeTexts(peer));
  const parts =
    peerName(peer)
      ?.split(', ')
      .filter((part) => !ranges.has(part)) ?? [];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Returns the IP ranges that the name of a peer does not have already, as the label of several peers together has. */
export function rangesBesideName(peer: TracedPeer): string[] {
  const parts = new Set(peerName(peer)?.split(', '));
  return peerRangeTexts(peer).filter((range) => !parts.has(range));
}

/** Returns the labels of the host groups whose IP ranges are not given. */
export function groupsWithoutRanges(peer: TracedPeer): string[] {
  return peer.hostGroups.filter(({ ipRanges }) => ipRanges === undefined).map((group) => groupLabel(group, peer));
}

/** Returns the label of a host group of a peer; that of the peer, which may have the network or the stack, if the peer is nothing else. */
export function groupLabel({ label }: TracedHostGroup, peer: TracedPeer): string {
  return isOnlyGroup(peer) ? peer.label : label;
}

/** Returns a peer in one cell of a table: its name, or its ranges if it has no name. */
export function peerText(peer: TracedPeer): string {
  return peerName(peer) ?? peerRangeTexts(peer).join(', ');
}

const CLOUDS: Readonly<Record<string, string>> = { gcp: 'GCP', aws: 'AWS', kubernetes: 'Kubernetes' };

/** Returns the name of a cloud. */
export function cloudName(cloud: string): string {
  return CLOUDS[cloud] ?? cloud;
}

/** The columns of files with where the machines of both ends are. */
export const PLACE_COLUMNS = ['Source place', 'Destination place'];

/**
 * Returns where machines are: the cloud, the region and the account on AWS, and the network of one host group with its project, as far as they are known. Nothing
 * for machines that rules do not select.
 */
export function peerPlace(peer: TracedPeer): string {
  // rules do not say the network of each of several far ends, so that it is only a claim
  const isOne = isOnlyGroup(peer);
  const places = peer.hostGroups
    .filter(({ cloud }) => cloud !== 'external')
    .map(({ cloud, region, account, network }) =>
      [
        cloudName(cloud),
        region === undefined ? [] : `region ${region}`,
        account === undefined ? [] : `account ${account}`,
        (isOne ? network : undefined) ?? [],
      ]
        .flat()
        .join(', '),
    );
  return [...new Set(places)].join('; ');
}

/** Returns what a port is for, on one line: `Default NodePort for Apinizer API Gateway access (prod)`, `UI (port of a pod)`. */
export function purposeText({
  description,
  environment,
  level,
  notDocumented,
}: Pick<TracedFlow, 'description' | 'environment'> & Pick<Partial<TracedFlow>, 'level' | 'notDocumented'>): string {
  if (notDocumented !== undefined) return 'not documented';
  const purpose = firstSentence(description);
  const remarks = [environment, levelRemark({ level, description })].filter((text) => text !== undefined);
  return remarks.length === 0 ? purpose : `${purpose} (${remarks.join(', ')})`;
}

const SEEN_AT: Readonly<Record<PortLevel, string>> = {
  [PortLevel.HOST]: 'a port of the machine',
  [PortLevel.NODE_PORT]: 'a NodePort, behind which a pod has a port of its own',
  [PortLevel.POD]: 'a port of a pod, which a firewall of machines sees only if pods have IP addresses of its network',
};

/** Returns where a port is seen, as a sentence part. */
export function levelText(level: PortLevel): string {
  return SEEN_AT[level];
}

/** Returns the whole description, and where the port is seen if that is not the machine. */
export function descriptionText({ description, level }: Pick<TracedFlow, 'description' | 'level'>): string {
  const remark = levelRemark({ level, description });
  return remark === undefined ? description : `${description} (${remark})`;
}
