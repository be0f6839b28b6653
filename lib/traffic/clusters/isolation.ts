import { grouped } from '../../input';
import type { Circumstance, IsolatedPods, Stops } from '../configuration';

/** Returns what follows from the isolation of pods: without it, they send or receive everything. */
export function isolationsOf(pods: readonly IsolatedPods[]): Circumstance[] {
  return pods.map(({ file, group, direction }) => ({
    file,
    address: group,
    reason: `refuses all ${direction === 'ingress' ? 'inbound' : 'outbound'} traffic that no network policy allows`,
    content: 'isolated',
    stops: ISOLATION,
  }));
}

/** Without it, everything passes. */
const ISOLATION: Stops = { added: 'any', removed: 'opened' };

/** Returns the pods that policies isolate, each once with all of these policies. */
export function onceEach(pods: readonly IsolatedPods[]): IsolatedPods[] {
  const same = grouped(pods, ({ direction, group }) => `${direction}|${group}`);
  return [...same.values()].map((all) => ({
    ...all[0],
    policies: [...new Set(all.flatMap(({ policies }) => policies))].sort(),
  }));
}
