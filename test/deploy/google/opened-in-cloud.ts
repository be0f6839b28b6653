import type { FakeGoogle } from './fake-google';
import type { Resource } from './store';

/** One line for every port and far end that the firewalls and policies of the fake allow, sorted, in the words of `opened`. */
export function openedIn({ store }: FakeGoogle): string[] {
  return [
    ...store.matching(/\/global\/firewalls\/[^/]+$/).flatMap(firewallLines),
    ...store.matching(/\/firewallPolicies\/[^/]+\/rule\/\d+$/).flatMap(policyLines),
  ].sort();
}

function firewallLines({ direction, allowed = [], ...rule }: Resource): string[] {
  const lists: (string[] | undefined)[] = [
    rule.sourceRanges,
    rule.sourceTags,
    rule.sourceServiceAccounts,
    rule.destinationRanges,
  ];
  const farEnds = lists.flatMap((list) => list ?? []);
  const targets = [...(rule.targetTags ?? []), ...(rule.targetServiceAccounts ?? [])] as string[];
  return lines(direction, portsOf(allowed), farEnds, targets.sort().join(', ') || 'all instances');
}

function policyLines({ direction, match, ...rule }: Resource): string[] {
  const named = (tags: readonly { name: string }[] = []): string[] => tags.map(({ name }) => name);
  const lists: (string[] | undefined)[] = [
    match.srcIpRanges,
    match.srcAddressGroups,
    match.destIpRanges,
    match.destFqdns,
    named(match.srcSecureTags),
  ];
  const targets = [...named(rule.targetSecureTags), ...((rule.targetServiceAccounts ?? []) as string[])];
  const farEnds = lists.flatMap((list) => list ?? []);
  return lines(direction, portsOf(match.layer4Configs), farEnds, targets.sort().join(', ') || 'all instances');
}

/** Each protocol with each of its ports: `6443/tcp`, or `esp`. */
function portsOf(entries: readonly Resource[]): string[] {
  return entries.flatMap(({ IPProtocol, ipProtocol = IPProtocol, ports = [] }) =>
    ports.length === 0 ? [ipProtocol as string] : (ports as string[]).map((port) => `${port}/${ipProtocol}`),
  );
}

function lines(direction: string, ports: readonly string[], farEnds: readonly string[], machines: string): string[] {
  const preposition = direction === 'INGRESS' ? 'from' : 'to';
  return ports.flatMap((port) =>
    farEnds.map((end) => `${direction.toLowerCase()} ${port} ${preposition} ${end} at ${machines}`),
  );
}
