import type { AddressFamily } from '../net';
import type { Direction, EndName } from './rule';
import type { AddressRange, Bounds, PortInterval } from './sets';

/** One rule of a network ACL. It matches packets by the IP address of the far end and by the port that they are sent to. */
export interface AclRule {
  /** The Terraform address, for an inline rule with its position: `aws_network_acl.private.ingress[0]`. */
  readonly address: string;
  /** Smaller numbers are evaluated first, and the first rule that matches decides. */
  readonly number: number;
  readonly action: 'allow' | 'deny';
  readonly family: AddressFamily;
  readonly addresses: Bounds;
  readonly ports: PortInterval;
}

/** A rule of which something is not known, with everything that it may match. */
export interface UncertainAclRule {
  readonly rule: AclRule;
  readonly actions: readonly AclRule['action'][];
  /** What is not known: `cidr_block is var.office in aws_network_acl.db.ingress[0]`. */
  readonly reason: string;
}

/**
 * A network ACL of AWS. It has no state: the answer to a packet needs rules of its own. What no rule matches is denied
 * (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html).
 */
export interface NetworkAcl {
  readonly file: string;
  /** The Terraform address, or the id if these files do not create it. */
  readonly name: string;
  /** In the order of evaluation. */
  readonly rules: Readonly<Record<Direction, readonly AclRule[]>>;
  readonly uncertain: Readonly<Record<Direction, readonly UncertainAclRule[]>>;
  /** Why it may have rules that are not in these files; absent if it has none. */
  readonly unknown?: string;
}

/** A subnet of AWS. */
export interface Subnet {
  readonly file: string;
  /** The Terraform address, or the id if these files do not create it. */
  readonly name: string;
  /** Its IP ranges, at most one of a family. Empty if they are not known. */
  readonly ranges: readonly AddressRange[];
  /** Its network ACL. Absent if it is not in these files: then it has the default one of its network. */
  readonly acl?: NetworkAcl;
}

/** The subnets of a configuration, if it has network ACLs, and the machines in them. */
export interface Subnets {
  readonly all: readonly Subnet[];
  /** Network ACLs that further subnets may have, because some of their associations are not known. */
  readonly anywhere: readonly NetworkAcl[];
  /** The subnets of the machines of security groups, as far as they are known. */
  readonly ofGroups: ReadonlyMap<EndName, readonly Subnet[]>;
  /** The security groups of machines whose subnets are not known. */
  readonly unplaced: ReadonlySet<EndName>;
}
