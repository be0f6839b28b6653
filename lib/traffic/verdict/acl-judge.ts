import type { AclRule, NetworkAcl } from '../network-acl';
import type { Direction, RulePeer } from '../rule';
import {
  EMPTY,
  existsIn,
  FAMILIES,
  type PortInterval,
  type Region,
  regionDifference,
  regionIntersection,
  regionOf,
  regionUnion,
} from '../sets';
import type { RuleVerdict } from './end-judge';

/** Packets as a network ACL sees them: the far ends, by IP address, and the ports that they are sent to. */
export interface AclPackets {
  readonly direction: Direction;
  readonly peers: readonly RulePeer[];
  readonly ports: PortInterval;
}

/** What a network ACL does with packets. */
interface AclVerdict {
  /** `depends on the IP address` also if it depends on the port, among several. */
  readonly verdict: Extract<RuleVerdict, 'passes' | 'refused' | 'depends on the IP address'>;
  /** The rules that decide about some of the packets, in the order of evaluation. */
  readonly rules: readonly AclRule[];
}

/** Judges packets by the rules of a network ACL: the first rule that matches decides, and what none matches is denied. */
export function judgedByAcl({ rules }: Pick<NetworkAcl, 'rules'>, { direction, peers, ports }: AclPackets): AclVerdict {
  const deciding = new Set<AclRule>();
  const verdicts = FAMILIES.filter((family) => existsIn(family, ports)).flatMap((family) => {
    const asked = regionOf(
      peers
        .filter((peer) => peer.family === family)
        .map(({ addresses }) => ({ from: ports[0], to: ports[1], addresses })),
    );
    if (asked.length === 0) return [];
    const ofFamily = rules[direction].filter((rule) => rule.family === family);
    return [verdictOf(asked, ofFamily, (rule) => deciding.add(rule))];
  });
  const [first = 'passes', ...others] = verdicts;
  const isOne = others.every((verdict) => verdict === first);
  const decided = rules[direction].filter((rule) => deciding.has(rule));
  return { verdict: isOne ? first : 'depends on the IP address', rules: decided };
}

function verdictOf(asked: Region, rules: readonly AclRule[], decides: (rule: AclRule) => void): AclVerdict['verdict'] {
  let rest = asked;
  let allowed: Region = EMPTY;
  for (const rule of rules) {
    const { ports, addresses, action } = rule;
    const matched = regionIntersection(rest, [{ from: ports[0], to: ports[1], addresses }]);
    if (matched.length === 0) continue;
    decides(rule);
    rest = regionDifference(rest, matched);
    if (action === 'allow') allowed = regionUnion(allowed, matched);
  }
  if (allowed.length === 0) return 'refused';
  return regionDifference(asked, allowed).length === 0 ? 'passes' : 'depends on the IP address';
}
