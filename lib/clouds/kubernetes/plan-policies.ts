import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import {
  ALL_OUTBOUND_DESCRIPTION,
  describeFlowGroup,
  Egress,
  type Flow,
  type FlowGroup,
  flowsTo,
  type PlannedRule,
  type ResolvedEnd,
} from '../../access';
import {
  checkProviderStack,
  kubernetesProvider,
  type KubernetesProvider,
  rangePrecondition,
  stackOf,
} from '../../framework';
import { refusal, shown } from '../../input';
import { AddressFamily, areWorldWide, rangesOf } from '../../net';
import { planPolicy, planSharedPolicy, policyName, type PolicyContent } from './network-policy';
import {
  checkTransports,
  dnsItems,
  type PolicyContext,
  type PolicyItem,
  policyItems,
  type Pods,
  podsIn,
  withRangesOfGroups,
} from './policy-peers';
import { labelText } from './forms';
import type { PodsSettings } from './kubernetes-pods-props';

/** A description is an annotation, which has room for more; longer ones are hard to read. */
const MAX_DESCRIPTION_LENGTH = 2048;

/** Plans the policy that allows the flows of a group into its pods. */
export function planIngress(pods: Pods, group: FlowGroup): PlannedRule[] {
  const { sourceEnd, destinations } = group;
  const { flows } = flowsTo(pods as never, group);
  const rules = rulesOf(pods, group);
  checkTransports(flows, group.place);
  const name = nameOf(group, pods._settings, 'Ingress');
  checkOneOfName(pods, podsIn(destinations.map(({ hostGroup }) => hostGroup)), name, group.place);
  const content = {
    ...rules.content,
    name,
    direction: 'Ingress',
    items: policyItems(flows, sourceEnd, rules),
    description: describe(flows, [pods, ...podsIn(sourceEnd.hostGroups)], worldOf(sourceEnd)),
    preconditions: preconditionsOf([sourceEnd], rules.stack),
  } as const;
  return [planPolicy(rules.provider, content, flows)];
}

/** Plans the policy that allows the flows of a group out of its pods, and their DNS. */
export function planEgress(pods: Pods, group: FlowGroup): PlannedRule[] {
  const { sourceEnd, destinations, flows, place } = group;
  const all = podsIn(sourceEnd.hostGroups);
  if (!all.includes(pods)) return []; // the same pods were given twice
  const rules = rulesOf(pods, group);
  const { stack } = rules;
  checkTransports(flows, place);
  const ends = destinations.map((each) => ({ flows: each.flows, end: withRangesOfGroups(each.end, stack, place) }));
  const dns = pods._settings.dns!;
  const name = nameOf(group, pods._settings, 'Egress');
  const sending = all.filter(({ _settings }) => _settings.egress === Egress.DOCUMENTED);
  checkOneOfName(pods, sending, name, place);
  const content = {
    ...rules.content,
    name,
    direction: 'Egress',
    items: [...itemsByContent(ends.map((each) => policyItems(each.flows, each.end, rules))), ...dnsItems(dns, rules)],
    description: describe(flows, [pods, ...podsIn(ends.flatMap(({ end }) => end.hostGroups))], undefined, dns._reason),
    preconditions: preconditionsOf(
      ends.map(({ end }) => end),
      stack,
    ),
  } as const;
  return [planPolicy(rules.provider, content, flows)];
}

/** Returns the items of several destinations in an order that is not that of the destinations. */
function itemsByContent(items: readonly (readonly PolicyItem[])[]): PolicyItem[] {
  const byText = new Map(items.map((each) => [JSON.stringify(each), each]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, each]) => each);
}

/** Plans the policy that allows all outbound traffic of pods. */
export function planOpenEgress(pods: Pods, group: FlowGroup): PlannedRule[] {
  const { provider, content } = rulesOf(pods, group);
  const { labels, namePrefix = '' } = pods._settings;
  const name = policyName(`${namePrefix}egress-all-${Object.keys(labels).length === 0 ? 'pods' : labelText(labels)}`);
  const description = ALL_OUTBOUND_DESCRIPTION + reasonsOf([pods]);
  return [
    planSharedPolicy(provider, { ...content, name, direction: 'Egress', items: [{}], description, preconditions: [] }),
  ];
}

/** What all policies for some pods in one stack have in common. */
interface PoliciesOfPods extends PolicyContext {
  /** Absent if the policies are only manifests. */
  readonly provider?: KubernetesProvider;
  readonly content: Pick<PolicyContent, 'settings' | 'clusterKey'>;
}

function rulesOf(pods: Pods, { scope, place }: FlowGroup): PoliciesOfPods {
  const stack = stackOf(scope, place);
  const { _settings: settings } = pods;
  checkProviderStack(settings.provider, stack, place);
  const clusterKey = (settings.provider ?? stack).node.path;
  const provider = settings.manifestsOnly === true ? undefined : kubernetesProvider(stack, place);
  return { pods, stack, place, provider, content: { settings, clusterKey } };
}

/**
 * Returns the name of the policy of a flow group: that of the vendor's rule, else its table and roles. It says nothing about other pods of
 * the role, so that a further group renames no policy. Its form must never change (docs/decisions/0029-names-of-network-policies.md).
 */
function nameOf(
  { documented, table, environment }: FlowGroup,
  { namePrefix = '' }: PodsSettings,
  direction: PolicyContent['direction'],
): string {
  const { name = `${table.id}-${documented.source.id}-to-${documented.destination.id}` } = documented;
  const ends = direction === 'Egress' ? ['egress'] : [];
  return policyName([namePrefix + name, ...(environment === undefined ? [] : [environment]), ...ends].join('-'));
}

/** Throws if other pods of the role need a policy of the same name in the same namespace. */
function checkOneOfName(pods: Pods, all: readonly Pods[], name: string, place: string): void {
  const { namespace, namePrefix } = pods._settings;
  const other = all.find(
    (each) => each !== pods && each._settings.namespace === namespace && each._settings.namePrefix === namePrefix,
  );
  if (other === undefined) return;
  const need = `the network policy ${name} in namespace ${namespace} must be created only once`;
  const fix = `namePrefix: ${shown(prefixFor(other))} for ${other.label}`;
  throw refusal(place, 'rule-created-twice', need, `one for ${pods.label} and one for ${other.label}`, fix);
}

/** Returns a prefix from the first label of pods, if that can be the beginning of a name. */
function prefixFor({ _settings: { labels } }: Pods): string {
  const [value = ''] = Object.values(labels);
  return /^[a-z][-a-z0-9]{0,29}$/.test(value) ? `${value}-` : 'second-';
}

function describe(flows: readonly Flow[], pods: readonly Pods[], world?: AddressFamily, noDns?: string): string {
  const remark = reasonsOf(pods) + (noDns === undefined ? '' : `; no DNS: ${noDns}`);
  return describeFlowGroup(flows, MAX_DESCRIPTION_LENGTH, world, remark);
}

function reasonsOf(pods: readonly Pods[]): string {
  const texts = pods.flatMap(({ _settings: { reason, namespace } }) =>
    reason === undefined ? [] : [`; every pod of namespace ${namespace}: ${reason}`],
  );
  return [...new Set(texts)].join('');
}

function worldOf({ ranges }: ResolvedEnd): AddressFamily | undefined {
  return Object.values(AddressFamily).find((family) => areWorldWide(family, rangesOf(family, ranges)));
}

function preconditionsOf(ends: readonly ResolvedEnd[], stack: Construct): Precondition[] {
  const unknown = ends.flatMap(({ references }) => references);
  const distinct = new Map(unknown.map((range) => [`${range.family} ${range.expression}`, range]));
  return [...distinct.values()].map((range) => rangePrecondition(range, stack));
}
