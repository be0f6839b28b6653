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

/** Returns the pods that policies isolate, each once, whichever policy it is. */
export function onceEach(pods: readonly IsolatedPods[]): IsolatedPods[] {
  return [...new Map(pods.map((one) => [`${one.direction}|${one.group}`, one])).values()];
}
