import { createHash } from 'node:crypto';
import type { ComputeFirewall, ComputeFirewallConfig } from '@cdktf/provider-google/lib/compute-firewall';
import type { Precondition, TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import {
  describeFlowGroup,
  EVERYTHING_OUT,
  type Flow,
  type FlowGroup,
  plannedResource,
  type PlannedRule,
} from '../../access';
import type { GoogleProvider } from '../../framework';
import { literal, refusal } from '../../input';
import { AddressFamily, byPort, type Port } from '../../net';
import { DEFAULT_PRIORITY, type GcpFirewallProps } from './gcp-firewall-props';

type RuleDirection = 'INGRESS' | 'EGRESS';
type Lists = FirewallContent['farEnd'] & Targets;

/** The machines on this side; neither list for all instances of the network. */
export interface Targets {
  readonly targetTags?: string[];
  readonly targetServiceAccounts?: string[];
}

/** The content of a firewall rule. An absent list is `undefined`, never empty, because an empty list means everyone. */
export interface FirewallContent {
  readonly name: string;
  /** The scope in which the name is unique. */
  readonly projectKey: string;
  readonly settings: GcpFirewallProps;
  readonly direction: RuleDirection;
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
  /** Text that the description has in addition to the flows. */
  readonly remark: string;
  readonly flows: readonly Flow[];
}

const LONGEST_DESCRIPTION = 2048;

/** One firewall rule: the ports of one flow group for one IP family. */
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

  public constructor(
    private readonly provider: GoogleProvider,
    private readonly content: FirewallContent,
  ) {
    const { name, projectKey, flows } = content;
    this.address = `${provider.ComputeFirewall.tfResourceType}.${logicalIdOf(name)}`;
    this.identity = identityOf(name, projectKey);
    this.what = `the firewall ${name}`;
    this.flows = flows;
  }

  public describe(flows: readonly Flow[]): string {
    return describeFlowGroup(flows, LONGEST_DESCRIPTION, this.content.world, this.content.remark);
  }

  public create(parent: Construct, description: string): ComputeFirewall {
    const { name, settings, direction, farEnd, targets, preconditions, flows } = this.content;
    return createFirewall(this.provider, parent, settings, {
      name,
      description,
      direction,
      allow: allowed(flows.map((flow) => flow.port)),
      lifecycle: preconditions.length > 0 ? { precondition: [...preconditions] } : undefined,
      ...farEnd,
      ...targets,
    });
  }

  public redescribe(firewall: ComputeFirewall, description: string): void {
    firewall.description = literal(description);
  }
}

/** The rules that allow all outbound traffic of the machines that a firewall selects in one way. */
interface AllEgressContent {
  /** How the machines are selected, for the name: `tag-k8s-worker`. */
  readonly selector: string;
  /** The network in words. */
  readonly network: string;
  readonly projectKey: string;
  readonly settings: GcpFirewallProps;
  readonly targets: Targets;
}

/** Plans the rules that allow all outbound traffic, one for each IP family. The constructs of a stack share them. */
export function planAllEgressFirewalls(provider: GoogleProvider, content: AllEgressContent): PlannedRule[] {
  const { selector, projectKey, settings, targets } = content;
  const name = `${settings.namePrefix ?? ''}egress-all-${selector}`;
  return [
    { name: resourceName(name), destinationRanges: ['0.0.0.0/0'] },
    { name: resourceName(`${name}-ipv6`), destinationRanges: ['::/0'] },
  ].map((rule) => {
    const what = `the firewall ${rule.name}`;
    const identity = identityOf(rule.name, projectKey);
    return plannedResource({
      address: `${provider.ComputeFirewall.tfResourceType}.${logicalIdOf(rule.name)}`,
      identity,
      what,
      shared: true,
      advice: 'a GcpFirewall with Egress.UNMANAGED or a namePrefix in one of the stacks',
      addressAdvice: 'a second GcpFirewall with a namePrefix',
      agreements: [
        {
          thing: identity,
          fact: settingsText(content),
          need: `${what} must have the same settings in all constructs`,
          advice: 'a second GcpFirewall with a namePrefix',
        },
      ],
      make: (parent) =>
        createFirewall(provider, parent, settings, {
          ...rule,
          ...targets,
          description: EVERYTHING_OUT,
          direction: 'EGRESS',
          allow: [{ protocol: 'all' }],
        }),
    });
  });
}

function settingsText({ network, settings }: AllEgressContent): string {
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

function allowed(ports: readonly Port[]): { protocol: string; ports: string[] }[] {
  const byProtocol = new Map<string, Set<string>>();
  for (const { protocol, numbers } of [...ports].sort(byPort)) {
    byProtocol.set(protocol, (byProtocol.get(protocol) ?? new Set()).add(numbers));
  }
  return [...byProtocol].map(([protocol, numbers]) => ({ protocol, ports: [...numbers] }));
}

/** How many values one rule may list. The API documents the limit of accounts; those of ranges and tags are what users met. */
const MOST: Readonly<Record<keyof Lists, readonly [number, string]>> = {
  sourceRanges: [5000, 'source ranges'],
  destinationRanges: [5000, 'destination ranges'],
  sourceTags: [30, 'source tags'],
  sourceServiceAccounts: [10, 'source service accounts'],
  targetTags: [70, 'target tags'],
  targetServiceAccounts: [10, 'target service accounts'],
};

/** Throws if a list is too long for one rule. */
export function checkLists(lists: Lists, place: string): void {
  for (const [list, [most, what]] of Object.entries(MOST)) {
    const count = lists[list as keyof Lists]?.length ?? 0;
    if (count > most) {
      const need = `a GCP firewall rule has at most ${most} ${what}`;
      const fix = 'several constructs, each with a GcpFirewall that has a namePrefix of its own';
      throw refusal(place, 'firewall-list-too-long', need, String(count), fix);
    }
  }
}

/** Throws if a description is too long. The labels of the document were shortened already. */
export function checkDescriptionLength(description: string, place: string): void {
  if (description.length > LONGEST_DESCRIPTION) {
    const need = `on GCP a description has at most ${LONGEST_DESCRIPTION} characters: give fewer or shorter reasons`;
    throw refusal(place, 'description-too-long', need, `${description.length}`);
  }
}

/** Returns the name of a firewall rule, frozen by decision record 1: the vendor's name of the rule, or the roles of its flows. */
export function firewallName(group: FlowGroup, family: AddressFamily, direction: RuleDirection, prefix = ''): string {
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

const LONGEST_NAME = 63;
const HASH_DIGITS = 8;

/**
 * Returns a name that GCP accepts. A name that is too long or has other characters than lower-case letters, digits and hyphens
 * keeps its beginning and gets a hash of the whole.
 */
export function resourceName(name: string): string {
  const plain = name.toLowerCase().replace(/[^-a-z0-9]+/g, '-');
  if (plain === name && name.length <= LONGEST_NAME) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_DIGITS);
  return `${plain.slice(0, LONGEST_NAME - HASH_DIGITS - 1).replace(/-+$/, '')}-${hash}`;
}
