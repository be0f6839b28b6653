import type { Circumstance, Note, Stops } from '../configuration';
import { influenceOf } from '../register';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type Rule } from '../rule';
import { type Block, isUnknown, type Resource } from '../terraform';
import type { AwsContext } from './aws-names';
import type { GcpNames } from './gcp-names';
import type { ReadResult } from './peers';

const MOVES: Stops = { added: 'any', changed: 'any', removed: 'any' };
const IGNORED = 'changes of these attributes are ignored, so the values in the cloud may differ';
const ALLOWS: Stops = { added: 'opened', changed: 'opened', removed: 'any' };

/** Returns what a resource decides about the rules of other resources. */
export function circumstancesOf(
  { type, block, content, contentOf }: Resource,
  { names, lists, networks }: AwsContext & { readonly networks: GcpNames },
): Circumstance[] {
  const influence = influenceOf(type);
  if (influence === undefined) return [];
  const { address, file } = block;
  const circumstance = (reason: string, stops: Stops, text: string | undefined): Circumstance[] => [
    { file, address, reason, content: text, stops },
  ];
  if (influence.kind === 'evaluated') {
    const ignored = ignoredChanges(block.value('lifecycle'));
    if (ignored !== undefined) return circumstance(IGNORED, MOVES, ignored);
  }
  if (type === 'aws_networkfirewall_rule_group') {
    return circumstance('decides when a rule group is evaluated', { changed: 'any' }, orderOf(block));
  }
  if (type === 'aws_security_group') {
    return circumstance('decides the network of a security group', { changed: 'any' }, contentOf(['vpc_id']));
  }
  if (type === 'aws_ec2_managed_prefix_list_entry') {
    const id = block.value('prefix_list_id');
    const list = typeof id === 'string' || isUnknown(id) ? names.list(id) : undefined;
    return list !== undefined && lists.has(list)
      ? []
      : circumstance('adds IP ranges to a prefix list whose other ranges are not in this file', ALLOWS, content?.());
  }
  if (type === 'google_compute_network_firewall_policy_association') {
    return networks.isRead(address) ? [] : circumstance('decides where a firewall policy applies', MOVES, content?.());
  }
  if (influence.kind !== 'circumstance') return [];
  const { reason, stops, attributes } = influence;
  if (attributes.length === 0) return circumstance(reason, stops, content?.());
  const given = [...attributes, 'dynamic'].filter((name) => isGiven(block.value(name)));
  return given.length === 0 ? [] : circumstance(reason, stops, contentOf(attributes));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}

function ignoredChanges(lifecycle: unknown): string | undefined {
  const [first] = Array.isArray(lifecycle) ? (lifecycle as unknown[]) : [lifecycle];
  const ignored = (first as { readonly ignore_changes?: unknown } | null | undefined)?.ignore_changes;
  return isGiven(ignored) ? JSON.stringify(ignored) : undefined;
}

/**
 * Returns the settings of the providers of each group and network: the same rules in a different region or account are different
 * rules.
 */
export function providerCircumstances(
  read: readonly ResourceRules[],
  providers: ReadonlyMap<string, string>,
  file: string,
): Circumstance[] {
  const settings = new Map<string, Set<string>>();
  for (const { resource, results } of read) {
    const setting = resource.provider === undefined ? undefined : settingOf(resource, resource.provider, providers);
    if (setting === undefined) continue;
    for (const { rules } of results) {
      for (const { network, groups } of rules) {
        for (const place of network === '' ? groups : [network]) {
          const known = settings.get(place);
          if (known === undefined) settings.set(place, new Set([setting]));
          else known.add(setting);
        }
      }
    }
  }
  return [...settings].map(([address, all]) => ({
    file,
    address,
    reason: 'the settings of its provider decide its region, account or project',
    content: [...all].sort().join('\n'),
    stops: { changed: 'any' },
  }));
}

/** A resource with the rules that were read from it. */
interface ResourceRules {
  readonly resource: Resource;
  readonly results: readonly ReadResult[];
}

function settingOf(
  { type, block, contentOf }: Resource,
  provider: string,
  providers: ReadonlyMap<string, string>,
): string {
  const shared = providers.get(provider) ?? '';
  // since version 6 of the provider of AWS, a resource may have a region of its own
  const region = type.startsWith('aws_') ? block.value('region') : undefined;
  return isGiven(region) ? `${shared}\n${isUnknown(region) ? contentOf(['region']) : String(region)}` : shared;
}

/** Returns what the names in rules depend on, for names that are expressions. */
export function dependenciesIn(
  rules: readonly Rule[],
  { names, lists }: Pick<AwsContext, 'names' | 'lists'>,
  dependenciesOf: ((expression: string) => string | undefined) | undefined,
): Map<string, string> {
  const found = new Map<string, string>();
  if (dependenciesOf === undefined) return found;
  const [networks, ends] = [new Set<string>(), new Set<string>()];
  for (const { network, groups, peers } of rules) {
    networks.add(network);
    for (const group of groups) ends.add(group);
    for (const { name } of peers) ends.add(name);
  }
  const add = (name: string, expression: string): void => {
    const text = dependenciesOf(expression);
    if (text !== undefined) found.set(name, text);
  };
  networks.forEach((network) => add(network, network));
  for (const name of ends) {
    if (
      name === ALL_INSTANCES ||
      name === ANY_MACHINE ||
      name.startsWith('host:') ||
      names.groups.has(name as EndName)
    ) {
      continue;
    }
    const expression = name.slice(name.indexOf(':') + 1);
    if (!lists.has(expression) || /(?:^|\.)data\./.test(expression)) add(name, expression);
  }
  return found;
}

const DEFAULT_ACL = 'aws_default_network_acl';

/** Whether a resource is as the provider makes it by default, so that it blocks nothing. */
export function changesNothing({ type, block }: Resource): boolean {
  if (type !== DEFAULT_ACL) return false;
  return (['ingress', 'egress'] as const).every((direction) => {
    const rules = block.blocks(direction);
    if (isUnknown(rules)) return false;
    const isAllowed = (family: 'cidr_block' | 'ipv6_cidr_block', everything: string): boolean => {
      const ofFamily = rules.filter((rule) => isGiven(rule.value(family)));
      const [first] = [...ofFamily].sort((a, b) => Number(a.value('rule_no')) - Number(b.value('rule_no')));
      const isAll = first !== undefined && ['-1', 'all'].includes(String(first.value('protocol')));
      return isAll && first.value('action') === 'allow' && first.value(family) === everything;
    };
    return isAllowed('cidr_block', '0.0.0.0/0') && rules.every((rule) => rule.value('action') === 'allow');
  });
}

/** Returns what a reader should know about resources that change nothing. */
export function notesOn(resources: readonly Resource[]): Note[] {
  return resources.filter(changesNothing).map(({ block: { file, address } }) => ({
    file,
    address,
    text: 'it has no effect: like the default network ACL of every VPC, it allows everything',
  }));
}

/** Returns the order in which a rule group of AWS Network Firewall is evaluated among others, as text. */
function orderOf(block: Block): string {
  const path = ['stateful_rule_options', 'rule_order'];
  const order = path.reduce<unknown>((part, name) => memberOf(part, name), first(block.value('rule_group')));
  return isUnknown(order) ? order.reason : String(order);
}

function memberOf(part: unknown, name: string): unknown {
  return typeof part === 'object' && part !== null
    ? first((part as Readonly<Record<string, unknown>>)[name])
    : undefined;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}
