import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { Precondition, TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import type { GoogleProvider } from '../framework/providers';
import type { AddressFamily } from '../model/address-family';
import type { Flow } from '../model/flow';
import type { PlannedRule } from '../model/planned-rule';
import { byPort, type Port } from '../model/port';
import { describeFlowGroup } from '../model/rule-description';
import { literal } from '../model/token-text';
import type { GcpFirewallProps } from './gcp-firewall-props';
import { LONGEST_GCP_DESCRIPTION } from './rule-limits';

const DEFAULT_PRIORITY = 1000;

/** What one firewall rule is made of. An empty list would mean everyone, so there are none: a list has values or is absent. */
export interface FirewallContent {
  readonly name: string;
  /** What the name is unique in. */
  readonly projectKey: string;
  readonly settings: GcpFirewallProps;
  readonly direction: 'INGRESS' | 'EGRESS';
  readonly farEnd: {
    readonly sourceRanges?: string[];
    readonly sourceTags?: string[];
    readonly sourceServiceAccounts?: string[];
    readonly destinationRanges?: string[];
  };
  /** The family of which every address is let in. */
  readonly world?: AddressFamily;
  /** The machines on this side; neither for all instances of the network. */
  readonly targets: { readonly targetTags?: string[]; readonly targetServiceAccounts?: string[] };
  /** What Terraform must check of unknown ranges. */
  readonly preconditions: readonly Precondition[];
  /** What the description says besides the flows. */
  readonly remark: string;
  readonly flows: readonly Flow[];
}

/** One firewall rule: the ports of one flow group for one family of addresses. */
export class FirewallRule implements PlannedRule {
  public readonly address: string;
  public readonly identity: string;
  public readonly what: string;
  public readonly advice =
    'Peer.anyOf(...) with all sources, another environment, or a second GcpFirewall with a namePrefix';
  public readonly addressAdvice = 'another environment, or a second GcpFirewall with a namePrefix';
  public readonly shared = false;
  public readonly quotas = [];
  public readonly weight = 1;
  public readonly agreements = [];
  public readonly flows: readonly Flow[];
  private readonly logicalId: string;

  public constructor(
    private readonly provider: GoogleProvider,
    private readonly content: FirewallContent,
  ) {
    const { name, projectKey, flows } = content;
    this.logicalId = `firewall_${name}`;
    this.address = `${provider.ComputeFirewall.tfResourceType}.${this.logicalId}`;
    this.identity = `gcp|${projectKey}|${name}`;
    this.what = `the firewall ${name}`;
    this.flows = flows;
  }

  public describe(flows: readonly Flow[]): string {
    return describeFlowGroup(flows, LONGEST_GCP_DESCRIPTION, this.content.world, this.content.remark);
  }

  public create(parent: Construct, description: string): ComputeFirewall {
    const { name, settings, direction, farEnd, targets, preconditions, flows } = this.content;
    const { network, project, provider, priority, logging, disabled } = settings;
    const firewall = new this.provider.ComputeFirewall(parent, this.logicalId, {
      name,
      description: literal(description),
      network,
      project,
      provider: provider as TerraformProvider | undefined,
      direction,
      priority: priority ?? DEFAULT_PRIORITY,
      disabled,
      logConfig: logging && { metadata: logging },
      allow: allowed(flows.map((flow) => flow.port)),
      lifecycle: preconditions.length > 0 ? { precondition: [...preconditions] } : undefined,
      ...farEnd,
      ...targets,
    });
    firewall.overrideLogicalId(this.logicalId);
    return firewall;
  }

  public redescribe(firewall: ComputeFirewall, description: string): void {
    firewall.description = literal(description);
  }
}

function allowed(ports: readonly Port[]): { protocol: string; ports: string[] }[] {
  const byProtocol = new Map<string, Set<string>>();
  for (const { protocol, numbers } of [...ports].sort(byPort)) {
    byProtocol.set(protocol, (byProtocol.get(protocol) ?? new Set()).add(numbers));
  }
  return [...byProtocol].map(([protocol, numbers]) => ({ protocol, ports: [...numbers] }));
}
