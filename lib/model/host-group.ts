import type { Construct } from 'constructs';
import type { Cidr } from './cidr';
import type { FarEnd } from './far-end';
import type { FlowGroup } from './flow-group';
import type { PlannedRule } from './planned-rule';
import type { SelectorJson } from './provenance-json';

/** Who is at the far end of a flow, as a firewall sees it. Made by `Peer`, or a host group. */
export interface IPeer {
  /** How errors and documents call this peer: `ops-vpn`, `10.50.0.0/24`, `network tag k8s-worker`. */
  readonly label: string;
  /** @internal */
  readonly _farEnd: FarEnd;
}

/** What stands at a far end and only its own cloud can name: a host group, a group of another account, a prefix list. */
export interface CloudEnd {
  readonly cloud: string;
  readonly label: string;
  /** The ranges that the name stands for, where they are known. */
  readonly _ranges?: readonly Cidr[];
  _labelIn(stack: Construct, place: string): string;
  /** What documents say of the machines beside their label. */
  _aboutIn?(stack: Construct, place: string): AboutMachines;
  /** What rules select these machines by, where there are such rules. */
  _selectedBy?(stack: Construct, place: string): SelectorJson;
}

/** What is known of machines that no rule needs, and people who read documents do. */
export interface AboutMachines {
  /** What they stand in, as `network prod of project net-host`. */
  readonly network?: string;
  /** The ranges in which they have their addresses. */
  readonly ipRanges?: IPeer;
}

/** A set of machines that rules can be made for: a network tag, a service account, a security group, or external hosts. */
export interface IHostGroup extends IPeer {
  /** Whose firewall stands before these machines: `gcp`, `aws` or `external`. */
  readonly cloud: string;
  /**
   * Whether others open the ports of these machines, and we only ask them.
   * @internal
   */
  readonly _isExternal: boolean;
  /**
   * The label, with what an unknown value refers to in its place.
   * @internal
   */
  _labelIn(stack: Construct, place: string): string;
  /**
   * What rules select these machines by; absent where others make the rules.
   * @internal
   */
  _selectedBy?(stack: Construct, place: string): SelectorJson;
  /**
   * Works out and checks the rules that let the flows in. Creates nothing.
   * @internal
   */
  _openIngress(group: FlowGroup): PlannedRule[];
  /**
   * Works out and checks the rules that let the flows out, where this side's egress is managed. Creates nothing.
   * @internal
   */
  _openEgress(group: FlowGroup): PlannedRule[];
}

/** Whether a value can stand at the far end of a flow. */
export function isPeer(value: unknown): value is IPeer {
  return typeof value === 'object' && value !== null && '_farEnd' in value;
}

/** Whether rules can be made for a value. */
export function isHostGroup(value: unknown): value is IHostGroup {
  return isPeer(value) && '_openIngress' in value;
}
