import { ANY_MACHINE, type PeerName, type Rule, type RulePeer } from '../rule';
import { WHOLE } from '../sets';

/** Whether a far end is IP ranges that are not known: a prefix list without entries, or a range that is known after apply. */
export function isUnknownFarEnd(name: PeerName): boolean {
  return /^(?:list|unknown):/.test(name);
}

/** Returns the rules as they would be if some of the unknown ranges contained every IP address, and the others none. */
export function assumingRanges(
  rules: readonly Rule[],
  isEverything: (name: PeerName, rule: Rule) => boolean,
): readonly Rule[] {
  return rules.map((rule) => {
    const whole = rule.peers.filter(({ name }) => isUnknownFarEnd(name) && isEverything(name, rule));
    return whole.length === 0 ? rule : { ...rule, peers: [...rule.peers, ...whole.map(everything)] };
  });
}

/** Returns the rules as they would be if unknown ranges allowed the most traffic, or the least. */
export function boundedRules(rules: readonly Rule[], bound: 'most' | 'least'): readonly Rule[] {
  return assumingRanges(rules, (_, { action }) => (action === 'allow') === (bound === 'most'));
}

function everything({ family }: RulePeer): RulePeer {
  return { name: ANY_MACHINE, family, addresses: WHOLE[family] };
}
