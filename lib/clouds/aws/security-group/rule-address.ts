import { createHash } from 'node:crypto';

/** The traffic that a rule of a security group allows. The logical id of the rule is made only from this. */
interface RuleContent {
  readonly direction: RuleDirection;
  readonly groupKey: string;
  /** `tcp`, `udp`, or `all`. */
  readonly protocol: string;
  /** `6443`, `2379-2380`, or `all`. */
  readonly ports: string;
  readonly peerKey: string;
}

/** Whether a rule of a security group allows inbound or outbound traffic. */
export enum RuleDirection {
  INGRESS = 'ingress',
  EGRESS = 'egress',
}

const HASH_DIGITS = 12;

/** Returns the logical id of a rule. Its form must never change (docs/decisions/0001-addresses-from-content.md). */
export function ruleAddress({ direction, groupKey, protocol, ports, peerKey }: RuleContent): string {
  const content = JSON.stringify([groupKey, direction, protocol, ports, peerKey]);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, HASH_DIGITS);
  return `${direction}_${protocol}_${ports}_${hash}`;
}
