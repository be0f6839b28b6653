import type { SelectorJson } from './provenance-json';
import { referenceText } from './terraform-state';
import type { TracedHostGroup, TracedPeer, TracedRanges } from './traced-flow';

const KINDS = {
  sg: 'sg',
  'prefix-list': 'list',
  'address-group': 'list',
  tag: 'tag',
  account: 'account',
  'secure-tag': 'secure-tag',
  pods: 'pods',
} as const;
/** The kind in front of the label of machines. */
export const LABEL_KIND =
  /^(?:security group|network tag|service account|secure tag|prefix list|address group|pods) (?=\S)/;
/** The label of the machines of a rule on GCP without targets. */
export const ALL_INSTANCES_LABEL = 'all instances of the network';
const EXPRESSION = /^\$\{([^{}]+)\}$/;

/**
 * Returns the names by which users may call a host group or peer: its label, the label without its kind, and how rules select it, as an
 * id, a tag, an email or a Terraform address, with and without its kind. These are the names that `matrix` and `show` print.
 */
export function machineNames(label: string, selectedBy: SelectorJson | undefined): string[] {
  const names = [label, label.replace(LABEL_KIND, '')];
  return [...new Set([...names, ...(selectedBy === undefined ? [] : selectorNames(selectedBy))])];
}

/** Labels that only repeat ranges: `10.0.0.0/8`, `10.1.0.0/16, 10.2.0.0/16 and 3 more`. */
const ONLY_RANGES =
  /^(?:(?:[\da-f.:]+\/\d+|(?:a range|ranges) known (?:to Terraform|after apply))(?:, |$| and \d+ more$))+$/i;

/** Whether the label of a peer only repeats its ranges. */
export function namesOnlyRanges(label: string): boolean {
  return ONLY_RANGES.test(label);
}

const MAX_LABELS = 3;

/** Returns the label of a peer that has no name of its own: `10.1.0.0/16, 10.2.0.0/16 and 3 more`. */
export function joinedLabels(texts: readonly string[]): string {
  const rest = texts.length - MAX_LABELS;
  return texts.slice(0, MAX_LABELS).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Returns the name of a peer, or nothing if its label only repeats its ranges. */
export function peerName({ label }: Pick<TracedPeer, 'label'>): string | undefined {
  return namesOnlyRanges(label) ? undefined : label;
}

/** Returns IP ranges as text, with placeholders such as `<aws_vpc.main.cidr_block>` for those that are known after apply. */
export function rangeTexts({ ranges, references }: TracedRanges): string[] {
  return [...ranges.map(String), ...references.map(referenceText)];
}

/** What an end of flows consists of. */
interface EndParts {
  readonly hostGroups: readonly unknown[];
  readonly ranges: readonly unknown[];
  readonly references: readonly unknown[];
}

/** Whether an end of flows is one host group, and nothing else. */
export function isOnlyGroup({ hostGroups, ranges, references }: EndParts): boolean {
  return hostGroups.length === 1 && ranges.length + references.length === 0;
}

/** Returns the names of one end of flows, with and without its stack in front: its own, and those of its host group if it is only that. */
export function peerNames(peer: TracedPeer): string[] {
  const { stack, label, givenLabel, hostGroups } = peer;
  const isGroup = isOnlyGroup(peer);
  const printed = peerName(peer) === undefined ? [rangeTexts(peer).join(', ')] : [];
  const own = isGroup ? groupNames(hostGroups[0], stack) : [];
  const given = givenLabel === undefined || isGroup ? [] : [givenLabel];
  return [...new Set([...withStack([...machineNames(label, undefined), ...printed, ...given], stack), ...own])];
}

/** Returns the names of a host group of flows, with and without its stack in front. */
export function groupNames(group: TracedHostGroup, stack: string | undefined): string[] {
  const names = withStack(namesOfGroup(group), stack);
  if (stack === undefined) return names;
  const owner = group.owner?.split('/').at(-1) ?? stack;
  return [...new Set([...names, ...namesOfGroup(group).flatMap((name) => nameOfStack(name, owner))])];
}

/** Names of security groups, prefix lists and pods that mean something only in their stack: those that are not ids. */
const NAME_IN_STACK = /^(sg|list|pods):(?!(?:\d{12}\/)?(?:sg|pl)-[\da-z]+$|(?:projects|organizations)\/)(.+)$/;

/** Whether a name is that of a list of IP ranges which means something only in its stack. */
export function isListInStack(name: string): boolean {
  return name.startsWith('list:') && NAME_IN_STACK.test(name);
}

/** Returns a name as rules of several stacks have it, which `show` prints: `sg:prod/aws_security_group.web`. */
function nameOfStack(name: string, stack: string): string[] {
  const [, kind, text] = NAME_IN_STACK.exec(name) ?? [];
  return kind === undefined ? [] : [`${kind}:${stack}/${text}`];
}

function namesOfGroup({ label, names = [] }: TracedHostGroup): string[] {
  return [...machineNames(label, undefined), ...names];
}

function withStack(names: readonly string[], stack: string | undefined): string[] {
  return [...new Set([...names, ...(stack === undefined ? [] : names.map((name) => `${stack}/${name}`))])];
}

/** Returns the name by which `show` prints what a selector selects: `sg:aws_security_group.web`, `tag:web`, `all-instances`. */
export function selectorName({ kind, value }: SelectorJson): string {
  return kind === 'all-instances' ? kind : `${KINDS[kind]}:${addressOf(value)}`;
}

function selectorNames(selector: SelectorJson): string[] {
  const name = selectorName(selector);
  if (selector.kind === 'all-instances') return [name];
  const [, expression] = EXPRESSION.exec(selector.value) ?? [];
  return [name, addressOf(selector.value), ...(expression === undefined ? [] : [expression])];
}

/** Returns the Terraform address in `${aws_security_group.web.id}`, and any other text unchanged. */
function addressOf(value: string): string {
  const [, expression] = EXPRESSION.exec(value) ?? [];
  return expression?.replace(/\.id$/, '') ?? value;
}
