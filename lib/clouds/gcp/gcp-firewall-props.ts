import type { Construct, IConstruct } from 'constructs';
import { checkEgress, type Egress } from '../../access';
import { checkProvider, referenceOf, terraformText } from '../../framework';
import { checkOnlyProps, holdsToken, type PropsForm, refusal, shown, checkMember } from '../../input';
import { gcpNetworkTitle } from '../../provenance';
import { checkedValueIn, checkForm, NETWORK, PROJECT } from './forms';

/** What Google logs about the connections that a rule matches. */
export enum GcpLogging {
  /** The connection, and metadata about its two ends. */
  ALL = 'INCLUDE_ALL_METADATA',
  /** Only the connection, which takes less storage. */
  WITHOUT_METADATA = 'EXCLUDE_ALL_METADATA',
}

export const DEFAULT_PRIORITY = 1000;
/** The implied deny rule of every network has priority 65535, and at equal priority deny wins. */
const LAST_PRIORITY = 65534;

/** The network of the rules, and the settings of all of them. */
export interface GcpFirewallProps {
  /** The name or self link of the VPC network, or a value that is known after apply. */
  readonly network: string;
  /**
   * The project of the network; with a Shared VPC the host project.
   * @default - the project of the provider
   */
  readonly project?: string;
  /**
   * The provider instance with an alias, for all rules.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * The priority of all rules, from 0 (evaluated first) to 65534.
   * @default 1000
   */
  readonly priority?: number;
  /**
   * What is logged about connections.
   * @default - nothing is logged
   */
  readonly logging?: GcpLogging;
  /**
   * Whether the rules are created without being enforced: the ports stay closed.
   * @default false
   */
  readonly disabled?: boolean;
  /**
   * The outbound rules of the machines of this network.
   *
   * - `Egress.UNMANAGED`: no EGRESS rule. GCP allows all outbound traffic unless a rule or a policy of the network denies it.
   * - `Egress.DOCUMENTED`: EGRESS rules for the documented flows that start at these machines, for a network that denies other
   *   outbound traffic. They need the IP ranges of the destinations.
   * - `Egress.ALL`: for each host group that is a source or destination of a construct, EGRESS rules that allow all protocols to
   *   0.0.0.0/0 and ::/0. They are created once per host group, and the constructs of a stack share them. In a second stack of
   *   the same project, use `Egress.UNMANAGED` or a `namePrefix`.
   *
   * @default Egress.UNMANAGED
   */
  readonly egress?: Egress;
  /**
   * The beginning of the names of all rules: lower-case letters, digits and hyphens, at most 31, beginning with a letter. It is
   * part of their Terraform addresses.
   * @default - no prefix
   */
  readonly namePrefix?: string;
}

const FORM: PropsForm<GcpFirewallProps> = {
  needed: 'a network',
  example: '{ network }',
  names: {
    network: true,
    project: true,
    provider: true,
    priority: true,
    logging: true,
    disabled: true,
    egress: true,
    namePrefix: true,
  },
};

/** Returns a copy of the props. Throws if one of them is invalid. */
export function checkedGcpFirewallProps(props: GcpFirewallProps): GcpFirewallProps {
  const place = 'GcpFirewall';
  checkOnlyProps(props, FORM, place);
  const { network, project, provider, priority, logging, disabled, egress, namePrefix } = props;
  checkForm(network, NETWORK, place);
  if (project !== undefined) checkForm(project, PROJECT, place);
  checkOneProject({ network, project }, place);
  checkPriority(priority, LAST_PRIORITY, place);
  checkLogging(logging, place);
  if (disabled !== undefined && typeof disabled !== 'boolean') {
    throw refusal(place, 'not-a-boolean', 'disabled must be true or false', shown(disabled));
  }
  if (egress !== undefined) checkEgress(egress, place);
  checkNamePrefix(namePrefix, place);
  checkProvider(provider, place, 'gcp');
  return Object.freeze({ network, project, provider, priority, logging, disabled, egress, namePrefix });
}

/** Throws unless a priority is absent or a whole number from 0 to `last`. */
export function checkPriority(priority: number | undefined, last: number, place: string): void {
  if (priority === undefined || (Number.isInteger(priority) && priority >= 0 && priority <= last)) return;
  throw refusal(place, 'priority-invalid', `priority must be a whole number from 0 to ${last}`, shown(priority));
}

/** Throws unless logging is absent or a member of `GcpLogging`. */
export function checkLogging(logging: GcpLogging | undefined, place: string): void {
  if (logging === undefined) return;
  checkMember(logging, { members: GcpLogging, name: 'GcpLogging', prop: 'logging', code: 'logging-invalid' }, place);
}

const NAME_PREFIX = /^[a-z][-a-z0-9]{0,30}$/;

/** Throws unless a prefix is absent or a valid beginning of names. */
export function checkNamePrefix(namePrefix: string | undefined, place: string): void {
  if (namePrefix === undefined || (typeof namePrefix === 'string' && NAME_PREFIX.test(namePrefix))) return;
  const need = 'namePrefix must be at most 31 lower-case letters, digits and hyphens, beginning with a letter';
  throw refusal(place, 'name-prefix-invalid', need, shown(namePrefix));
}

/** Returns the settings, with plain text in place of tokens that resolve to it. */
export function settingsIn(settings: GcpFirewallProps, stack: Construct, place: string): GcpFirewallProps {
  const { network, project } = settings;
  const known = {
    ...settings,
    network: checkedValueIn(network, NETWORK, stack, place),
    project: project === undefined ? undefined : checkedValueIn(project, PROJECT, stack, place),
  };
  checkOneProject(known, place);
  return known;
}

const SELF_LINK = /projects\/([^/]+)\/global\/networks\/([^/]+)$/;

/** Returns a key of the network in which tags and service accounts select machines. It is the same for a name and a self link. */
export function networkKey(firewall: GcpFirewallProps, stack: Construct, place: string): string {
  const network = referenceKey(firewall.network, stack, place);
  const [, project, name] = SELF_LINK.exec(network) ?? [];
  return name === undefined ? `${projectKey(firewall, stack, place)} ${network}` : `project ${project} ${name}`;
}

/** Returns a key of a project, which may be the project of the provider. Names of rules are unique in a project. */
export function projectKey(
  { project, provider }: Pick<GcpFirewallProps, 'project' | 'provider'>,
  stack: Construct,
  place: string,
): string {
  return project === undefined
    ? `provider ${provider?.node.path ?? stack.node.path}`
    : `project ${referenceKey(project, stack, place)}`;
}

/** Returns a key of the project of the rules: `project`, or else the project in the self link of the network. */
export function ruleProjectKey(firewall: GcpFirewallProps, stack: Construct, place: string): string {
  const { network, project = holdsToken(network) ? undefined : linkedProject(network), provider } = firewall;
  return projectKey({ project, provider }, stack, place);
}

/** Throws if `project` is not the project of the network, because a rule belongs to the project of its network. */
function checkOneProject({ network, project }: GcpFirewallProps, place: string): void {
  const linked = linkedProject(network);
  if (linked === undefined || project === undefined || holdsToken(project) || project === linked) return;
  throw refusal(
    place,
    'project-mismatch',
    'project must be that of the network',
    `${shown(project)} for ${shown(network)}`,
    shown(linked),
  );
}

/** Returns the project id in a self link. Returns nothing for a project number. */
function linkedProject(network: string): string | undefined {
  const [, linked = ''] = SELF_LINK.exec(network) ?? [];
  return /^\d*$/.test(linked) ? undefined : linked;
}

/** Returns the network in words, for documents: its name, and its project if that is known. */
export function networkTitle({ network, project }: GcpFirewallProps, stack: Construct, place: string): string {
  const title = (text: string): string => terraformText(text, stack, place);
  return gcpNetworkTitle(title(network), project === undefined ? undefined : title(project));
}

/** Returns a key of a value: for a token, its stack and its expression, and otherwise the value itself. */
export function referenceKey(value: string, stack: Construct, place: string): string {
  if (!holdsToken(value)) return value;
  const { expression, isText, stack: owner } = referenceOf(value, stack, place, 'a name that is known at synthesis');
  return isText ? expression : `${owner.node.path} ${expression}`;
}
