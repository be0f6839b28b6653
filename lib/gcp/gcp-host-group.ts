import type { Construct } from 'constructs';
import { expressionOf, ownerOf, terraformText } from '../framework/references';
import { farEnd, type FarEnd } from '../model/far-end';
import type { FlowGroup } from '../model/flow-group';
import type { AboutMachines, CloudEnd, IHostGroup, IPeer } from '../model/host-group';
import type { PlannedRule } from '../model/planned-rule';
import type { SelectorJson } from '../model/provenance-json';
import { holdsToken } from '../model/token-text';
import { SERVICE_ACCOUNT, TAG, checkedValueIn } from './forms';
import type { GcpFirewallProps } from './gcp-firewall-props';
import { networkTitle } from './network-key';
import { planEgress } from './plan-egress';
import { planIngress } from './plan-ingress';

/** How a firewall rule selects machines. */
export enum Selector {
  TAG = 'network tag',
  SERVICE_ACCOUNT = 'service account',
  ALL_INSTANCES = 'all instances',
}

const KINDS = {
  [Selector.TAG]: 'tag',
  [Selector.SERVICE_ACCOUNT]: 'account',
  [Selector.ALL_INSTANCES]: 'all-instances',
} as const;

/** Machines that a firewall can select. */
export class GcpHostGroup implements IHostGroup {
  public readonly cloud = 'gcp';
  public readonly label: string;
  public readonly _farEnd: FarEnd;
  public readonly _isExternal = false;

  public constructor(
    public readonly firewall: GcpFirewallProps,
    public readonly selector: Selector,
    /** The tag, the email, or the reason to select all. */
    public readonly value: string,
    place: string,
    public readonly ipRanges?: IPeer,
  ) {
    this.label = this.labelWith(holdsToken(value) ? 'known to Terraform' : value);
    this._farEnd = farEnd(place, { hostGroups: [this] });
    Object.freeze(this);
  }

  public _labelIn(stack: Construct, place: string): string {
    return this.labelWith(expressionOf(this.value, stack, place));
  }

  public _aboutIn(stack: Construct, place: string): AboutMachines {
    return { network: networkTitle(this.firewall, stack, place), ipRanges: this.ipRanges };
  }

  /** Why all instances are selected, where they are. */
  public get reason(): string {
    return this.selector === Selector.ALL_INSTANCES ? this.value : '';
  }

  /** The tag or email as it stands in a stack. */
  public valueIn(stack: Construct, place: string): string {
    if (this.selector === Selector.ALL_INSTANCES) return this.value;
    return checkedValueIn(this.value, this.selector === Selector.TAG ? TAG : SERVICE_ACCOUNT, stack, place);
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const { network, project, disabled, documentedEgress } = this.firewall;
    return {
      kind: KINDS[this.selector],
      value: terraformText(this.value, stack, place),
      stack: holdsToken(this.value) ? ownerOf(this.value, stack, place).node.path : undefined,
      network: terraformText(network, stack, place),
      project: project === undefined ? undefined : terraformText(project, stack, place),
      egress: documentedEgress === true ? 'documented' : undefined,
      isDisabled: disabled === true || undefined,
    };
  }

  public _openIngress(group: FlowGroup): PlannedRule[] {
    return planIngress(this, group);
  }

  public _openEgress(group: FlowGroup): PlannedRule[] {
    return this.firewall.documentedEgress ? planEgress(this, group) : [];
  }

  private labelWith(value: string): string {
    return this.selector === Selector.ALL_INSTANCES ? 'all instances of the network' : `${this.selector} ${value}`;
  }
}

/** Whether a host group is one of a GCP firewall. */
export function isGcpHostGroup(group: CloudEnd): group is GcpHostGroup {
  return group.cloud === 'gcp';
}

/** Groups in an order that does not depend on the one in which they were given, each once. */
export function sortedGroups(groups: readonly GcpHostGroup[], stack: Construct, place: string): GcpHostGroup[] {
  const byLabel = new Map(groups.map((group) => [`${group._labelIn(stack, place)}${group.reason}`, group]));
  return [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
