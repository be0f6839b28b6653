import { WHOLE } from './address-space';
import { ANY_MACHINE } from './names';
import type { Rule, RulePeer } from './rule';

/** Rules as they are if ranges that only Terraform knows are such that the most, or the least, passes. */
export function rulesAtBest(rules: readonly Rule[], passes: 'most' | 'least'): Rule[] {
  return rules.flatMap((rule) => {
    if (!rule.peers.some(isUnknownRange)) return [rule];
    const isWhole = (rule.action === 'allow') === (passes === 'most');
    const peers = rule.peers.flatMap((peer) => (isUnknownRange(peer) ? (isWhole ? [wholePeer(peer)] : []) : [peer]));
    return peers.length === 0 ? [] : [{ ...rule, peers }];
  });
}

function isUnknownRange({ name }: RulePeer): boolean {
  return name.startsWith('unknown:');
}

function wholePeer({ family }: RulePeer): RulePeer {
  return { name: ANY_MACHINE, family, addresses: WHOLE[family] };
}
