import { createHash } from 'node:crypto';
import type { ComputeFirewall, ComputeFirewallConfig } from '@cdktf/provider-google/lib/compute-firewall';
import type { Precondition, TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import {
  describeFlowGroup,
  ALL_OUTBOUND_DESCRIPTION,
  type Flow,
  type FlowGroup,
  nameInProps,
  plannedResource,
  type PlannedRule,
} from '../../access';
import type { GoogleProvider } from '../../framework';
import { grouped, literal, refusal, shown } from '../../input';
import { AddressFamily, byPort, isIcmp, type Port, Protocol, protocolNumber } from '../../net';
import { checkRestAtSynthesis, checkShadowAtSynthesis } from './at-synthesis';
import { DEFAULT_PRIORITY, type GcpFirewallProps, GcpLogging } from './gcp-firewall-props';

/** The direction of a rule. */
export type FirewallDirection = 'INGRESS' | 'EGRESS';
type Lists = FirewallContent['farEnd'] & Targets;

/** The machines that a rule applies to. Both lists are absent for all instances of the network. */
export interface Targets {
  readonly targetTags?: string[];
  readonly targetServiceAccounts?: string[];
}

/** The content of a firewall rule. Lists are never empty, because GCP reads an empty list as everyone. */
export interface FirewallContent {
  readonly name: string;
  /** The scope in which the name is unique. */
  readonly projectKey: string;
  readonly settings: GcpFirewallProps;
  readonly direction: FirewallDirection;
  readonly farEnd: {
    readonly sourceRanges?: string[];
    readonly sourceTags?: string[];
    readonly sourceServiceAccounts?: string[];
    readonly destinationRanges?: string[];
  };
  /** The family, if the rule is open to the whole internet. */
  readonly world?: AddressFamily;
  readonly targets: Targets;
  /** Conditions on ranges that are known after apply. */
  readonly preconditions: readonly Precondition[];
  /** Text in the description in addition to the flows. */
  readonly remark: string;
  readonly flows: readonly Flow[];
  /** The name of the rule of which it is a copy, one priority step in front of it. */
  readonly copyOf?: string;
}

/** The maximum length of the description of a rule. */
export const MAX_DESCRIPTION_LENGTH = 2048;

/** A planned firewall rule: the ports of one flow group for one IP family. */
export class FirewallRule implements PlannedRule {
  public readonly address: string;
  public readonly identity: string;
  public readonly what: string;
  public readonly advice =
    'Peer.anyOf(...) with all sources, a different environment, or a second GcpFirewall with a namePrefix';
  public readonly addressAdvice = 'a different environment, or a second GcpFirewall with a namePrefix';
  public readonly shared = false;
  public readonly quotas = [];
  public readonly weight = 1;
  public readonly agreements = [];
  public readonly flows: readonly Flow[];
  public readonly description: string;

  public constructor(
    private readonly provider: GoogleProvider,
    private readonly content: FirewallContent,
  ) {
    const { name, projectKey, flows, world, remark } = content;
    this.address = `${provider.ComputeFirewall.tfResourceType}.${logicalIdOf(name)}`;
    this.identity = identityOf(name, projectKey);
    this.what = `the firewall ${name}`;
    this.flows = flows;
    this.description = describeFlowGroup(flows, MAX_DESCRIPTION_LENGTH, world, remark);
  }

  /** Returns the copy of the rule one priority step in front of it, which logs connections. */
  public shadow(): FirewallRule {
    const { name, settings, remark } = this.content;
    const { priority = DEFAULT_PRIORITY, logging = GcpLogging.ALL } = settings;
    return new FirewallRule(this.provider, {
      ...this.content,
      name: resourceName(`${name}-shadow`),
      settings: { ...settings, priority: priority - 1, logging },
      remark: `${remark}; a copy of ${name} that logs`,
      copyOf: name,
    });
  }

  public create(parent: Construct): ComputeFirewall {
    const firewall = this.createRule(parent);
    const { copyOf } = this.content;
    if (copyOf !== undefined) checkShadowAtSynthesis({ copy: firewall, of: logicalIdOf(copyOf) });
    return firewall;
  }

  private createRule(parent: Construct): ComputeFirewall {
    const { name, settings, direction, farEnd, targets, preconditions, flows } = this.content;
    return createFirewall(this.provider, parent, settings, {
      name,
      description: this.description,
      direction,
      allow: allowBlocks(flows.map((flow) => flow.port)),
      lifecycle: preconditions.length > 0 ? { precondition: [...preconditions] } : undefined,
      ...farEnd,
      ...targets,
    });
  }
}

/** What the rules that constructs share for one host group have in common. */
export interface SharedContent {
  /** How the machines are selected, for the name: `tag-k8s-worker`. */
  readonly selector: string;
  /** The network in words. */
  readonly network: string;
  readonly projectKey: string;
  readonly settings: GcpFirewallProps;
  readonly targets: Targets;
}

/** Plans the rules that allow all outbound traffic, one for each IP family. The constructs of a stack share them. */
export function planAllEgressRules(provider: GoogleProvider, content: SharedContent): PlannedRule[] {
  return planSharedRules(provider, content, {
    name: `egress-all-${content.selector}`,
    advice: 'a GcpFirewall with Egress.UNMANAGED or a namePrefix in one of the stacks',
    config: { description: ALL_OUTBOUND_DESCRIPTION, direction: 'EGRESS', allow: [{ protocol: 'all' }] },
  });
}

/** Plans the rules that deny everything that rules of an earlier priority do not allow, one for each IP family. */
export function planDenyRestRules(
  provider: GoogleProvider,
  content: SharedContent,
  direction: FirewallDirection,
): PlannedRule[] {
  const { selector, settings } = content;
  const { priority } = settings.denyRest!;
  const side = direction === 'INGRESS' ? 'inbound' : 'outbound';
  return planSharedRules(
    provider,
    { ...content, settings: { ...settings, priority } },
    {
      name: `deny-${direction.toLowerCase()}-${selector}`,
      advice: 'a GcpFirewall without denyRest or with a namePrefix in one of the stacks',
      config: {
        description: `Denies the ${side} traffic that no rule with a smaller priority number allows`,
        direction,
        deny: [{ protocol: 'all' }],
      },
    },
  );
}

/** Rules for all IP addresses that constructs share. */
interface SharedRules {
  readonly name: string;
  /** The fix if a second stack has them. */
  readonly advice: string;
  readonly config: Pick<ComputeFirewallConfig, 'allow' | 'deny'> & {
    readonly description: string;
    readonly direction: FirewallDirection;
  };
}

function planSharedRules(provider: GoogleProvider, content: SharedContent, rules: SharedRules): PlannedRule[] {
  const { projectKey, settings, targets } = content;
  const first = `${settings.namePrefix ?? ''}${rules.name}`;
  const ranges = rules.config.direction === 'INGRESS' ? 'sourceRanges' : 'destinationRanges';
  return [
    { name: resourceName(first), [ranges]: ['0.0.0.0/0'] },
    { name: resourceName(`${first}-ipv6`), [ranges]: ['::/0'] },
  ].map((rule) => {
    const what = `the firewall ${rule.name}`;
    const identity = identityOf(rule.name, projectKey);
    return plannedResource({
      address: `${provider.ComputeFirewall.tfResourceType}.${logicalIdOf(rule.name)}`,
      identity,
      what,
      shared: true,
      advice: rules.advice,
      addressAdvice: 'a second GcpFirewall with a namePrefix',
      agreements: [
        {
          subject: identity,
          fact: settingsText(content),
          need: `${what} must have the same settings in all constructs`,
          advice: 'a second GcpFirewall with a namePrefix',
        },
      ],
      make: (parent) => {
        const firewall = createFirewall(provider, parent, settings, { ...rule, ...targets, ...rules.config });
        if (rules.config.deny !== undefined) checkRestAtSynthesis(firewall);
        return firewall;
      },
    });
  });
}

function settingsText({ network, settings }: SharedContent): string {
  const { priority = DEFAULT_PRIORITY, logging, disabled, provider } = settings;
  return [
    network,
    `priority ${priority}`,
    ...(logging === undefined ? [] : [`logging ${logging}`]),
    ...(disabled === true ? ['disabled'] : []),
    ...(provider === undefined ? [] : [`provider "${provider.node.path}"`]),
  ].join(', ');
}

function createFirewall(
  { ComputeFirewall }: GoogleProvider,
  parent: Construct,
  { network, project, provider, priority, logging, disabled }: GcpFirewallProps,
  { description, ...config }: Omit<ComputeFirewallConfig, 'network'> & { description: string },
): ComputeFirewall {
  const firewall = new ComputeFirewall(parent, logicalIdOf(config.name), {
    ...config,
    description: literal(description),
    network,
    project,
    provider: provider as TerraformProvider | undefined,
    priority: priority ?? DEFAULT_PRIORITY,
    disabled,
    logConfig: logging && { metadata: logging },
  });
  firewall.overrideLogicalId(logicalIdOf(config.name));
  return firewall;
}

function logicalIdOf(name: string): string {
  return `firewall_${name}`;
}

function identityOf(name: string, projectKey: string): string {
  return `gcp|${projectKey}|${name}`;
}

/** Returns the protocols of ports, each once with its ports. */
export function allowBlocks(ports: readonly Port[]): { protocol: string; ports?: string[] }[] {
  const byProtocol = grouped([...ports].sort(byPort), protocolName);
  return [...byProtocol].map(([protocol, ofProtocol]) => {
    const numbers = new Set(ofProtocol.filter(hasNumbers).map((port) => port.numbers));
    return { protocol, ...(numbers.size > 0 && { ports: [...numbers] }) };
  });
}

function hasNumbers({ protocol }: Port): boolean {
  return !isIcmp(protocol) && protocol !== Protocol.IP;
}

/**
 * The protocols without ports that GCP has a name for; the others have their numbers. IP-in-IP is among the others: GCP does not document
 * whether its `ipip` is protocol 4 or 94.
 */
const NAMES: readonly string[] = ['esp', 'ah'];

/** Returns the name or number of a protocol in rules. ICMP of IPv6 has only its number. */
function protocolName({ protocol, fromPort }: Port): string {
  if (protocol === Protocol.ICMPV6) return String(protocolNumber(protocol));
  if (protocol !== Protocol.IP) return protocol;
  return NAMES.find((name) => protocolNumber(name) === fromPort) ?? String(fromPort);
}

/** Throws if GCP has no rule for a row: its rules open ICMP with every type. */
export function checkProtocols(flows: readonly Flow[], place: string): void {
  const typed = flows.find(({ port }) => isIcmp(port.protocol) && port.numbers !== '');
  if (typed === undefined) return;
  const { row, port } = typed;
  const need = `row ${row.name} (${String(port)}) must be opened with every type, because firewalls on GCP have no ICMP types`;
  const fix = `ports: { ${shown(nameInProps(typed))}: Port.${port.protocol}() }`;
  throw refusal(place, 'protocol-not-in-cloud', need, String(port), fix);
}

/** The maximum length of each list of a rule. The API documents only the limit for accounts; users reported the others. */
const LIST_LIMITS: Readonly<Record<keyof Lists, readonly [number, string]>> = {
  sourceRanges: [5000, 'source ranges'],
  destinationRanges: [5000, 'destination ranges'],
  sourceTags: [30, 'source tags'],
  sourceServiceAccounts: [10, 'source service accounts'],
  targetTags: [70, 'target tags'],
  targetServiceAccounts: [10, 'target service accounts'],
};

/** Throws if a list is too long for one rule. */
export function checkLists(lists: Lists, place: string): void {
  for (const [list, values] of Object.entries(lists) as [keyof Lists, string[] | undefined][]) {
    const [most, what] = LIST_LIMITS[list];
    const count = values?.length ?? 0;
    if (count > most) {
      const need = `a GCP firewall rule has at most ${most} ${what}`;
      const fix = 'several constructs, each with a GcpFirewall that has a namePrefix of its own';
      throw refusal(place, 'firewall-list-too-long', need, String(count), fix);
    }
  }
}

/** Throws if a description is too long, even with shortened labels. */
export function checkDescriptionLength(description: string, place: string): void {
  if (description.length > MAX_DESCRIPTION_LENGTH) {
    const need = `on GCP a description has at most ${MAX_DESCRIPTION_LENGTH} characters: give fewer or shorter reasons`;
    throw refusal(place, 'description-too-long', need, `${description.length}`);
  }
}

/** Returns the name of a firewall rule. Its form must never change (docs/decisions/0001-addresses-from-content.md). */
export function firewallName(
  group: FlowGroup,
  family: AddressFamily,
  direction: FirewallDirection,
  prefix = '',
): string {
  const { documented, table, environment } = group;
  const documentedName = documented.name ?? `${table.id}-${documented.source.id}-to-${documented.destination.id}`;
  const parts = [
    prefix + documentedName,
    ...(environment === undefined ? [] : [environment]),
    ...(direction === 'EGRESS' ? ['egress'] : []),
    ...(family === AddressFamily.IPV6 ? ['ipv6'] : []),
  ];
  return resourceName(parts.join('-'));
}

const MAX_NAME_LENGTH = 63;
const HASH_DIGITS = 8;

/**
 * Returns a name that GCP accepts. If a name is too long or has characters other than lower-case letters, digits and hyphens, its
 * end is replaced by a hash of the whole name.
 */
export function resourceName(name: string): string {
  const plain = name.toLowerCase().replace(/[^-a-z0-9]+/g, '-');
  if (plain === name && name.length <= MAX_NAME_LENGTH) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_DIGITS);
  return `${plain.slice(0, MAX_NAME_LENGTH - HASH_DIGITS - 1).replace(/-+$/, '')}-${hash}`;
}
