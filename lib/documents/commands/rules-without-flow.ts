import type { Attributes, TracedStack } from '../../provenance';
import { POLICY_RULES } from './gcloud-policy-command';
import { RuleValues } from './rule-values';

/** What the script says about a resource that it does not render. */
export const NO_COMMAND = 'no command is generated for it';
/** The type of network policies in Terraform. */
export const NETWORK_POLICY = 'kubernetes_network_policy_v1';

const FIREWALL = 'google_compute_firewall';
/** The construct that is the parent of all resources of this library. */
const OWN = /(?:^|\/)cdktf-cluster-ports\//;
/** What the rules of firewall policies need, and what other people than the authors of rules often create. */
const NEEDED_BY_POLICIES = [
  'google_compute_network_firewall_policy',
  'google_compute_region_network_firewall_policy',
  'google_compute_network_firewall_policy_association',
  'google_compute_region_network_firewall_policy_association',
  'google_network_security_address_group',
  'google_tags_tag_key',
  'google_tags_tag_value',
];

/** A rule that this library created for a whole host group. */
interface RuleWithoutFlow {
  readonly address: string;
  /** What the rule is for, if it says so. */
  readonly description: readonly string[];
}

/**
 * Returns the rules of this library that belong to no documented flow: those of `Egress.ALL` and `denyRest`. Rules that deny are last, so
 * that no connection fails while the script runs.
 */
export function rulesWithoutFlow(stack: TracedStack): RuleWithoutFlow[] {
  const ofFlows = new Set(stack.flows.flatMap(({ rules }) => rules));
  const own = (type: string): Resource[] =>
    resourcesOf(stack, type).filter(({ address, attributes }) => isOwn(attributes) && !ofFlows.has(address));
  // the rule of a documented flow that is not open has no flow either, but it has ports
  const rules = [...own(FIREWALL).filter(isForEverything), ...own(NETWORK_POLICY)];
  const [denying, allowing] = [true, false].map((denies) => rules.filter((rule) => isDeny(rule.attributes) === denies));
  return [...allowing, ...denying].map(({ address, attributes }) => {
    const description = new RuleValues(attributes, undefined).text('description');
    return { address, description: description === undefined ? [] : [description] };
  });
}

/** Returns the firewalls of a stack that deny traffic and that this library did not create, as remarks. */
export function deniesOfOthers(stack: TracedStack): string[] {
  return resourcesOf(stack, FIREWALL)
    .filter(({ attributes }) => isDeny(attributes) && !isOwn(attributes))
    .map(({ address }) => `${address} denies traffic: ${NO_COMMAND}, because this library did not create it`);
}

/** Returns what the rules of firewall policies of a stack need and the script does not create, as remarks. */
export function notCreated(stack: TracedStack): string[] {
  const rules = stack.flows.flatMap((flow) => flow.rules);
  if (!rules.some((address) => address.split('.')[0] in POLICY_RULES)) return [];
  return NEEDED_BY_POLICIES.flatMap((type) => resourcesOf(stack, type)).map(
    ({ address }) => `${address}: ${NO_COMMAND}`,
  );
}

interface Resource {
  readonly address: string;
  readonly attributes: Attributes;
}

function resourcesOf({ resources }: TracedStack, type: string): Resource[] {
  return Object.entries(resources[type] ?? {}).map(([id, attributes]) => ({ address: `${type}.${id}`, attributes }));
}

/** Whether a firewall allows or denies all protocols, as no row of a port table does. */
function isForEverything({ attributes }: Resource): boolean {
  const rule = new RuleValues(attributes, undefined);
  const blocks = [...rule.blocks('allow'), ...rule.blocks('deny')];
  return blocks.some((block) => block.text('protocol') === 'all');
}

function isDeny({ deny }: Attributes): boolean {
  return Array.isArray(deny) ? deny.length > 0 : deny !== undefined;
}

/** Whether the path of a resource, which the framework writes beside its attributes, is that of this library. */
function isOwn(attributes: Attributes): boolean {
  const [metadata] = new RuleValues(attributes, undefined).blocks('//').flatMap((part) => part.blocks('metadata'));
  return OWN.test(metadata?.text('path') ?? '');
}
