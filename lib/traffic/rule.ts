import type { AddressFamily } from '../model/address-family';
import type { Bounds } from './bounds';
import type { GroupName, PeerName } from './names';
import type { PortInterval } from './port-space';

/** Whether the machines of a group receive or open the connections. */
export type Direction = 'ingress' | 'egress';

/** What a rule does with what it matches; `next` leaves the rest of its policy out and asks the next one. */
export type Action = 'allow' | 'deny' | 'next';

/** Far ends that a rule matches: addresses of one family, of machines with a name or of any. */
export interface RulePeer {
  readonly name: PeerName;
  readonly family: AddressFamily;
  readonly addresses: Bounds;
}

/** When a rule is asked: rules of an earlier stage first, in a stage the smaller priority, then what denies. */
export interface Precedence {
  readonly stage: number;
  readonly priority: number;
}

/** What one rule of a configuration matches, and what it does with it. */
export interface Rule {
  /** The Terraform address, for a block within a resource with the place of the block: `aws_security_group.web.ingress[0]`. */
  readonly address: string;
  /** Where it was read. */
  readonly file: string;
  readonly direction: Direction;
  /** The network whose machines tags and accounts select; nothing for security groups, whose names say everything. */
  readonly network: string;
  readonly groups: readonly GroupName[];
  readonly peers: readonly RulePeer[];
  readonly ports: readonly PortInterval[];
  readonly action: Action;
  readonly precedence: Precedence;
  readonly description?: string;
  /** How many rules AWS counts it as, by family. */
  readonly entries?: Readonly<Record<AddressFamily, number>>;
}

/** The precedence of rules that can only let through: none is before another. */
export const UNORDERED: Precedence = { stage: 0, priority: 0 };
