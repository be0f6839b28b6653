import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import type { GoogleProvider } from '../framework/providers';
import type { Flow } from '../model/flow';
import type { PlannedRule } from '../model/planned-rule';
import { byPort, type Port } from '../model/port';
import { describeFlowGroup } from '../model/rule-description';
import { literal } from '../model/token-text';
import { Selector, type GcpHostGroup } from './gcp-host-group';

const LONGEST_DESCRIPTION = 2048;
const DEFAULT_PRIORITY = 1000;

/** Who a firewall rule lets in: at least one of the lists is not empty. */
export interface FirewallSources {
  readonly sourceRanges: string[];
  readonly sourceTags: string[];
  readonly sourceServiceAccounts: string[];
}

/** One firewall rule: the ports of one flow group for one family of addresses. */
export class FirewallRule implements PlannedRule {
  public readonly address: string;
  public readonly identity: string;
  public readonly what: string;
  public readonly advice = 'Peer.anyOf(...) with all sources, or a second GcpFirewall with a namePrefix';
  public readonly shared = false;
  private readonly logicalId: string;

  public constructor(
    private readonly provider: GoogleProvider,
    private readonly name: string,
    projectKey: string,
    private readonly sources: FirewallSources,
    private readonly target: GcpHostGroup,
    public readonly flows: readonly Flow[],
  ) {
    this.logicalId = `firewall_${name}`;
    this.address = `${provider.ComputeFirewall.tfResourceType}.${this.logicalId}`;
    this.identity = `gcp|${projectKey}|${name}`;
    this.what = `the firewall ${name}`;
  }

  public describe(flows: readonly Flow[]): string {
    const { selector, value } = this.target;
    const remark = selector === Selector.ALL_INSTANCES ? `; for all instances of the network: ${value}` : '';
    return describeFlowGroup(flows, LONGEST_DESCRIPTION, remark);
  }

  public create(parent: Construct, description: string): ComputeFirewall {
    const { network, project, provider, priority, logging, disabled } = this.target.firewall;
    const firewall = new this.provider.ComputeFirewall(parent, this.logicalId, {
      name: this.name,
      description: literal(description),
      network,
      project,
      provider: provider as TerraformProvider | undefined,
      direction: 'INGRESS',
      priority: priority ?? DEFAULT_PRIORITY,
      disabled,
      logConfig: logging && { metadata: logging },
      allow: allowed(this.flows.map((flow) => flow.port)),
      ...nonEmpty(this.sources),
      ...targets(this.target),
    });
    firewall.overrideLogicalId(this.logicalId);
    return firewall;
  }

  public redescribe(firewall: ComputeFirewall, description: string): void {
    firewall.description = literal(description);
  }
}

/** An empty list in a firewall rule means everyone, so an empty list is never written. */
function nonEmpty(sources: FirewallSources): Partial<FirewallSources> {
  return Object.fromEntries(Object.entries(sources).filter(([, values]) => (values as string[]).length > 0));
}

function targets({ selector, value }: GcpHostGroup): { targetTags?: string[]; targetServiceAccounts?: string[] } {
  if (selector === Selector.TAG) return { targetTags: [value] };
  return selector === Selector.SERVICE_ACCOUNT ? { targetServiceAccounts: [value] } : {};
}

function allowed(ports: readonly Port[]): { protocol: string; ports: string[] }[] {
  const byProtocol = new Map<string, Set<string>>();
  for (const { protocol, numbers } of [...ports].sort(byPort)) {
    byProtocol.set(protocol, (byProtocol.get(protocol) ?? new Set()).add(numbers));
  }
  return [...byProtocol].map(([protocol, numbers]) => ({ protocol, ports: [...numbers] }));
}
