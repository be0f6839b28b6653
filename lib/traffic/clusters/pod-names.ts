import type { Configuration, NotEvaluated, SelectedMachines } from '../configuration';
import type { GroupName, PeerName, Rule, RulePeer } from '../rule';
import { onceEach } from './isolation';

/** A name of pods: `pods:` and their cluster, which is empty or ends with a slash, their namespace, and their labels. */
const PODS = /^pods:(.*\/)?(?=(?:\*|[-a-z0-9]+):[^:]*$)/;

/** Returns how names of pods say their cluster if a provider has an alias, which tells its cluster from all other ones: `kubernetes.b/`. */
export function clusterOfProvider(provider: string): string {
  return provider.includes('.') ? `${provider}/` : '';
}

/** Returns how a name of pods says their cluster: `stack/`, `kubernetes.b/`, or nothing between `pods:` and the namespace. */
export function clusterOfPods(name: string): string | undefined {
  const found = PODS.exec(name);
  return found === null ? undefined : (found[1] ?? '');
}

/** Returns the clusters in the names of pods of a configuration, and what else the same clusters are called. */
export function clustersOf({
  rules,
  requested = [],
  omitted = [],
  isolatedPods = [],
  clusters,
}: Configuration): string[] {
  const ofRules = [...rules, ...requested, ...omitted].flatMap(({ groups, peers }) => [
    ...groups,
    ...peers.map(({ name }) => name),
  ]);
  const names = new Set<string>([...ofRules, ...isolatedPods.map(({ group }) => group)]);
  const found = new Set([...names].flatMap((name) => clusterOfPods(name) ?? []));
  const texts = new Set([...found].map((cluster) => clusters?.get(cluster)));
  const others = [...(clusters ?? [])].flatMap(([cluster, text]) => (texts.has(text) ? [cluster] : []));
  return [...new Set([...found, ...others])].sort();
}

/** Returns a configuration in which names of pods say other clusters. */
export function withPodsIn(configuration: Configuration, renamed: ReadonlyMap<string, string>): Configuration {
  if ([...renamed].every(([from, to]) => from === to)) return configuration;
  const nameOf = <T extends GroupName | PeerName>(name: T): T => {
    const cluster = name.startsWith('pods:') ? clusterOfPods(name) : undefined;
    const to = cluster === undefined ? undefined : renamed.get(cluster);
    return to === undefined ? name : (`pods:${to}${name.slice('pods:'.length + cluster!.length)}` as T);
  };
  const { rules, requested, omitted, notEvaluated, isolatedPods, selectedMachines, clusters } = configuration;
  const inRules = (all: readonly Rule[]): Rule[] => all.map((rule) => withNames(rule, nameOf));
  return {
    ...configuration,
    rules: inRules(rules),
    ...(requested && { requested: inRules(requested) }),
    ...(omitted && { omitted: inRules(omitted) }),
    notEvaluated: notEvaluated.map((one) => withPossibleNames(one, nameOf)),
    ...(isolatedPods && { isolatedPods: onceEach(isolatedPods.map((one) => ({ ...one, group: nameOf(one.group) }))) }),
    // by the names of providers, which say it too, and by the new ones
    ...(clusters && {
      clusters: new Map([...clusters, ...[...clusters].map(([at, text]) => [renamed.get(at) ?? at, text] as const)]),
    }),
    ...(selectedMachines && { selectedMachines: () => machinesIn(selectedMachines(), nameOf) }),
  };
}

type NameOf = <T extends GroupName | PeerName>(name: T) => T;

function withNames(rule: Rule, nameOf: NameOf): Rule {
  return { ...rule, groups: rule.groups.map(nameOf), peers: peersIn(rule.peers, nameOf) };
}

function peersIn(peers: readonly RulePeer[], nameOf: NameOf): RulePeer[] {
  return peers.map((peer) => ({ ...peer, name: nameOf(peer.name) }));
}

function withPossibleNames(one: NotEvaluated, nameOf: NameOf): NotEvaluated {
  const { known, possible } = one;
  if (known === undefined && possible === undefined) return one;
  return {
    ...one,
    ...(known && { known: { ...known, peers: peersIn(known.peers, nameOf) } }),
    ...(possible && {
      possible: possible.map((rule) => ({
        ...rule,
        ...(rule.groups && { groups: rule.groups.map(nameOf) }),
        ...(rule.peers && { peers: peersIn(rule.peers, nameOf) }),
      })),
    }),
  };
}

type Selected = ReturnType<NonNullable<Configuration['selectedMachines']>>;

function machinesIn(selected: Selected, nameOf: NameOf): Selected {
  const named = (one: SelectedMachines | undefined): SelectedMachines | undefined =>
    one && { ...one, group: nameOf(one.group) };
  return new Map([...selected].map(([file, peers]) => [file, peers.map((groups) => groups.map(named))]));
}
