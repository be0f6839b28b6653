import { createHash } from 'node:crypto';

/** What a rule of a security group permits: the whole content of its address. */
export interface RuleContent {
  readonly direction: RuleDirection;
  readonly groupKey: string;
  /** `tcp`, `udp`, or `all`. */
  readonly protocol: string;
  /** `6443`, `2379-2380`, or `all`. */
  readonly ports: string;
  readonly peerKey: string;
}

/** The side of a group on which a rule stands. */
export enum RuleDirection {
  INGRESS = 'ingress',
  EGRESS = 'egress',
}

const HASH_DIGITS = 12;

/** The logical id of a rule. Its form is frozen by decision record 1: another form would close ports. */
export function ruleAddress({ direction, groupKey, protocol, ports, peerKey }: RuleContent): string {
  const content = JSON.stringify([groupKey, direction, protocol, ports, peerKey]);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, HASH_DIGITS);
  return `${direction}_${protocol}_${ports}_${hash}`;
}
