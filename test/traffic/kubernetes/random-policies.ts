import type { Random } from '../../support/random';
import type { End, Item, LabelSelector, Packet, Peer, Policy } from './specification';

const NAMESPACES = ['one', 'two'];
const RANGES = ['10.1.0.0/30', '10.1.0.0/31', '192.0.2.0/29', '192.0.2.4/30', '0.0.0.0/0'];
const PORTS = [80, 81, 82];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** All pods of the world, with IP addresses of their own, and what is outside of it. */
const ENDS: readonly End[] = [
  ...NAMESPACES.flatMap((namespace, at) =>
    [{ app: 'x' }, { app: 'y' }, { app: 'x', tier: 'p' }, { app: 'y', tier: 'q' }, { tier: 'p' }, {}].map(
      (labels, index) => ({
        ip: `10.1.0.${at * 6 + index}`,
        pod: { namespace, labels: labels as Record<string, string> },
      }),
    ),
  ),
  ...['192.0.2.1', '192.0.2.5', '198.51.100.9'].map((ip) => ({ ip })),
];

function several<T>(random: Random, most: number, make: () => T): T[] {
  return Array.from({ length: random.below(most + 1) }, make);
}

function podSelector(random: Random): LabelSelector {
  if (random.chance(20)) return {};
  if (random.chance(25)) {
    const values = random.pick([['x'], ['x', 'y'], ['y', 'z']]);
    return {
      ...(random.chance(30) && { matchLabels: { tier: 'p' } }),
      matchExpressions: [{ key: 'app', operator: 'In', values }],
    };
  }
  return {
    matchLabels: random.pick([{ app: 'x' }, { app: 'y' }, { tier: 'p' }, { app: 'x', tier: 'p' }]) as Record<
      string,
      string
    >,
  };
}

function namespaceSelector(random: Random): LabelSelector {
  const key = 'kubernetes.io/metadata.name';
  if (random.chance(30)) return {};
  if (random.chance(30)) {
    return { matchExpressions: [{ key, operator: 'In', values: [random.pick(NAMESPACES), 'three'] }] };
  }
  return { matchLabels: { [key]: random.pick(NAMESPACES) } };
}

function peer(random: Random): Peer {
  if (random.chance(40)) {
    const cidr = random.pick(RANGES);
    const within = {
      '10.1.0.0/30': ['10.1.0.2/31'],
      '192.0.2.0/29': ['192.0.2.4/30'],
      '0.0.0.0/0': ['10.1.0.0/16', '192.0.2.1/32'],
    }[cidr];
    return { ipBlock: { cidr, ...(within !== undefined && random.chance(50) && { except: within }) } };
  }
  const hasPods = random.chance(70);
  return {
    ...(hasPods && { podSelector: podSelector(random) }),
    ...((!hasPods || random.chance(50)) && { namespaceSelector: namespaceSelector(random) }),
  };
}

function item(random: Random, direction: 'from' | 'to'): Item {
  const peers = several(random, 2, () => peer(random));
  const ports = several(random, 2, () => {
    const port = random.pick(PORTS);
    return {
      ...(random.chance(60) && { protocol: random.pick(PROTOCOLS) }),
      ...(random.chance(85) && { port, ...(random.chance(30) && { endPort: 82 }) }),
    };
  });
  return { ...((peers.length > 0 || random.chance(50)) && { [direction]: peers }), ...(ports.length > 0 && { ports }) };
}

/** Returns a random policy. */
export function randomPolicy(random: Random): Policy {
  const types = random.pick([undefined, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress']]);
  return {
    namespace: random.pick(NAMESPACES),
    spec: {
      podSelector: podSelector(random),
      ...(types !== undefined && { policyTypes: types }),
      ...(random.chance(70) && { ingress: several(random, 2, () => item(random, 'from')) }),
      ...(random.chance(50) && { egress: several(random, 2, () => item(random, 'to')) }),
    },
  };
}

/** Returns a random packet between two ends. */
export function randomPacket(random: Random): Packet {
  return {
    from: random.pick(ENDS),
    to: random.pick(ENDS),
    protocol: random.pick(PROTOCOLS),
    port: random.pick([...PORTS, 83]),
  };
}
