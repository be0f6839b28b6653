import type { Construct, IConstruct } from 'constructs';
import { checkEgress, type Egress } from '../../access';
import { checkProvider, referenceOf, terraformText } from '../../framework';
import { checkMember, checkOnlyProps, checkProps, holdsToken, type PropsForm, refusal, shown } from '../../input';
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
/** The rules that Google adds to a network of the name `default` have priority 65534. */
export const LAST_BEFORE_DEFAULTS = 65533;

/** The rules that deny the rest of the traffic of host groups. */
export interface GcpDenyRest {
  /**
   * The priority of these rules: after `priority` of the firewall, and at most 65533, so that they come before the rules of a `default`
   * network (65534) and the implied rules (65535).
   */
  readonly priority: number;
}

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
   * Rules that deny all other traffic of each host group: inbound traffic if a construct opens a port of it, and outbound traffic if
   * `egress` is `Egress.DOCUMENTED` and a construct allows outbound traffic of it. For each IP family there is one rule of each host group
   * and direction, and the constructs of a stack share them. Without them, weaker rules of other teams and of a `default` network, which
   * allows all internal traffic, keep more open than the documents. Rules with a larger priority number no longer have an effect on these
   * machines, whoever made them. Synthesis throws `deny-rest-closes` if constructs of the app made them, or rules of a firewall policy that
   * the network evaluates later; it warns where that is not sure.
   * @default - nothing is denied
   */
  readonly denyRest?: GcpDenyRest;
  /**
   * Whether each rule of a documented flow gets a copy one priority step in front of it that logs connections: `logging`, or
   * `GcpLogging.ALL` if that is not given. The log then shows which traffic the documents explain, before something denies the rest.
   * `priority` must be at least 1, and no rule of the network in the app may deny at the same priority: it would lose to the copy.
   * @default false
   */
  readonly shadow?: boolean;
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
    denyRest: true,
    shadow: true,
    namePrefix: true,
  },
};

const DENY_REST_FORM: PropsForm<GcpDenyRest> = {
  needed: 'a priority',
  example: '{ priority: 65000 }',
  names: { priority: true },
};

/** Returns a copy of the props. Throws if one of them is invalid. */
export function checkedGcpFirewallProps(props: GcpFirewallProps): GcpFirewallProps {
  const place = 'GcpFirewall';
  checkOnlyProps(props, FORM, place);
  const { network, project, provider, priority, logging, disabled, egress, shadow, namePrefix } = props;
  checkForm(network, NETWORK, place);
  if (project !== undefined) checkForm(project, PROJECT, place);
  checkOneProject({ network, project }, place);
  checkPriority(priority, LAST_PRIORITY, place);
  checkLogging(logging, place);
  checkBoolean('disabled', disabled, place);
  if (egress !== undefined) checkEgress(egress, place);
  checkShadow(props, place);
  const denyRest = checkedDenyRest(props, place);
  checkNamePrefix(namePrefix, place);
  checkProvider(provider, place, 'gcp');
  const rules = { priority, logging, disabled, egress, denyRest, shadow, namePrefix };
  return Object.freeze({ network, project, provider, ...rules });
}

/** Throws unless a prop is absent, true or false. */
export function checkBoolean(prop: string, value: boolean | undefined, place: string): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw refusal(place, 'not-a-boolean', `${prop} must be true or false`, shown(value));
}

function checkShadow({ shadow, priority }: GcpFirewallProps, place: string): void {
  checkBoolean('shadow', shadow, place);
  if (shadow !== true || priority !== 0) return;
  const need = 'priority must be at least 1 for shadow: true, because the copies are one priority step in front';
  throw refusal(place, 'priority-invalid', need, '0', 'priority: 1');
}

/** Returns a copy of `denyRest`. Throws unless its priority is between those of the rules and those of a default network. */
function checkedDenyRest(
  { denyRest, priority: own = DEFAULT_PRIORITY }: GcpFirewallProps,
  place: string,
): GcpDenyRest | undefined {
  if (denyRest === undefined) return undefined;
  checkProps(denyRest, DENY_REST_FORM, `${place}, denyRest`);
  const { priority } = denyRest;
  if (own >= LAST_BEFORE_DEFAULTS) {
    const need = `priority must be less than ${LAST_BEFORE_DEFAULTS}, so that there is a priority for denyRest after it`;
    throw refusal(place, 'priority-invalid', need, String(own), `priority: ${DEFAULT_PRIORITY}`);
  }
  if (Number.isInteger(priority) && priority > own && priority <= LAST_BEFORE_DEFAULTS) {
    return Object.freeze({ priority });
  }
  const need = `denyRest.priority must be a whole number from ${own + 1} to ${LAST_BEFORE_DEFAULTS}, after the rules of this firewall and in front of those of a default network`;
  const fix = `denyRest: { priority: ${Math.max(own + 1, 65000)} }`;
  throw refusal(place, 'priority-invalid', need, shown(priority), fix);
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
