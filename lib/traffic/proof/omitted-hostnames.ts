import type { HostnameJson, OmittedHostnameJson, OpenNevertheless, ProvenanceJson } from '../../provenance';
import type { Rule } from '../rule';
import { hostnameDoubt } from './document-claims';
import { OpenTraffic } from './open-traffic';

/** What holds of a hostname that a construct omits. */
export interface HostnameOmission {
  /** What allows it nevertheless, for each of its ports; undefined if nothing in the files does. */
  readonly openNevertheless: readonly (OpenNevertheless | undefined)[];
  /** Why its document does not have it so; absent if it has. */
  readonly doubt?: string;
}

/** The rules of a stack. */
interface StackRules {
  readonly rules: readonly Rule[];
  /** Returns what would allow a hostname. */
  readonly needOf: (hostname: HostnameJson) => readonly Rule[];
}

/** Returns what holds of the hostnames that the constructs of a stack omit, in the order of its provenance. */
export function hostnameOmissions(provenance: ProvenanceJson, stack: StackRules): HostnameOmission[] {
  // a construct has one filter, whose rules say which machines are behind it
  const rulesOf = new Map((provenance.hostnames ?? []).map(({ construct, rules }) => [construct, rules]));
  const open = new OpenTraffic(stack.rules.filter((rule) => rule.unenforced === undefined));
  return (provenance.omittedHostnames ?? []).map((omitted) => {
    const hostname = { ...omitted, rules: rulesOf.get(omitted.construct) ?? {} };
    const doubt = hostnameDoubt(hostname, provenance);
    const openNevertheless = omitted.ports.map((port) =>
      omitted.external === true
        ? askedFor(omitted, port, provenance)
        : allowed(stack.needOf({ ...hostname, ports: [port] }), { ...stack, open }),
    );
    return { openNevertheless, ...(doubt !== undefined && { doubt }) };
  });
}

/** Returns the constructs that ask the firewall team for the same hostname through the same filter. */
function askedFor(
  { hostname, through, clients }: OmittedHostnameJson,
  port: string,
  { hostnames = [] }: ProvenanceJson,
): OpenNevertheless | undefined {
  const same = hostnames.filter(
    (each) =>
      each.external === true &&
      each.hostname === hostname &&
      each.ports.includes(port) &&
      each.through === through &&
      each.clients === clients,
  );
  if (same.length === 0) return undefined;
  return { kind: 'asked for', by: [...new Set(same.map(({ construct }) => construct))].sort().join(', ') };
}

/** Returns the rules that allow a hostname to the machines behind the filter. */
function allowed(
  need: readonly Rule[],
  { rules, open }: Pick<StackRules, 'rules'> & { readonly open: OpenTraffic },
): OpenNevertheless | undefined {
  if (need.length === 0) return undefined;
  if (open.hasAll(need)) {
    const openers = open.openers(need);
    return { kind: 'opened', by: openers.length > 0 ? openers.sort().join(', ') : 'its network by default' };
  }
  if (!new OpenTraffic(rules).hasAll(need)) return undefined;
  // the rules for machines behind different filters say nothing about this one
  const machines = new Set(need.flatMap(({ groups }) => groups));
  const names = new Set(need.flatMap(({ peers }) => peers.map(({ name }) => name)));
  const reasons = rules
    .filter(({ groups, peers }) => groups.some((one) => machines.has(one)) && peers.some(({ name }) => names.has(name)))
    .flatMap(({ unenforced }) => unenforced ?? []);
  return reasons.length === 0 ? undefined : { kind: 'not known', by: [...new Set(reasons)].join('; ') };
}
