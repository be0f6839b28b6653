import { NODE_PORTS, publicHosting } from '../net';
import type { WarningJson } from './provenance-json';

/** What each kind of warning is about. A reader looks for it in the file before it repeats the warning. */
export interface WarningFacts {
  /** A security group whose outbound traffic is only that of documented flows. */
  readonly 'egress-documented': { readonly group: string };
  /** A cluster of kubeadm whose workers cannot reach each other's pods. */
  readonly 'flannel-closed': NoFacts;
  /** A load balancer of the firewall team whose addresses nobody gave. */
  readonly 'load-balancer-addresses': { readonly virtualAddress: string };
  /** The ports of a row of NodePorts: `80`. */
  readonly 'node-port-outside': { readonly numbers: string; readonly row: string };
  /** A wildcard under which anyone can publish, and the prop that closes its row. */
  readonly 'public-hosting': {
    readonly hostname: string;
    readonly row: string;
    readonly prop: 'omit' | 'supplements';
  };
  /** The first range within a different one, and how many more there are. */
  readonly 'redundant-ranges': { readonly range: string; readonly within: string; readonly more: string };
}

type NoFacts = Readonly<Record<string, never>>;

/** A kind of warning. Stacks have it in their provenance, so it never changes. */
export type WarningKind = keyof WarningFacts;

/** Machines use the ports below for services of their own, such as SSH on 22/tcp. */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** The text of each kind of warning. */
export const WARNING_TEXTS: { readonly [Kind in WarningKind]: (facts: WarningFacts[Kind]) => string } = {
  'egress-documented': ({ group }) =>
    `security group ${group} allows outbound traffic of documented flows only, and no DNS, time or package mirrors`,
  'flannel-closed': () =>
    'Flannel between workers is not in the document and stays closed, so pods on different workers cannot reach each ' +
    'other: set workerToWorkerFlannel to true to open it, or to false if existing rules allow it',
  'load-balancer-addresses': ({ virtualAddress }) =>
    `${virtualAddress} may connect to the control plane from IP addresses other than the virtual address: set ` +
    'loadBalancer to these IP addresses, or to the virtual address itself if it uses only that one',
  'node-port-outside': ({ numbers, row }) =>
    `NodePort ${numbers} of ${row} is outside ${NODE_PORTS.first}-${NODE_PORTS.last}: it works only if the kube-apiserver ` +
    'has a --service-node-port-range that includes it' +
    (Number.parseInt(numbers) < FIRST_UNPRIVILEGED_PORT
      ? ', and if no service of the machine itself, such as SSH or a web server, uses it'
      : ''),
  'public-hosting': ({ hostname, row, prop }) => {
    const { where, exact } = publicHosting(hostname)!;
    const close = prop === 'omit' ? `omit "${row}"` : `remove "${row}" from supplements`;
    return `${hostname} allows traffic to anything that anyone hosts ${where}: ${close} and list ${exact} in a table of your own`;
  },
  'redundant-ranges': ({ range, within, more }) =>
    `ranges within other ranges open nothing more: ${range} in ${within}${more === '0' ? '' : ` and ${more} more`}`,
};

/** The texts of stacks that an earlier version of this package synthesized, which have no kind. */
const EARLIER: Readonly<Record<WarningKind, RegExp>> = {
  'egress-documented': /^security group (?<group>.+) allows outbound traffic of documented flows only, /,
  'flannel-closed': /^Flannel between workers is not in the document and stays closed, /,
  'load-balancer-addresses': /^(?<virtualAddress>.+) may connect to the control plane from IP addresses other than /,
  'node-port-outside': /^NodePort (?<numbers>[\d-]+) of (?<row>\S+) is outside /,
  'public-hosting': /^(?<hostname>\S+) allows traffic to anything that anyone hosts /,
  'redundant-ranges': /^ranges within other ranges open nothing more: (?<range>\S+) in (?<within>\S+)/,
};

/** Returns the kind and the facts of a warning in a provenance; nothing if this package has no such warning. */
export function warningFacts({
  text,
  kind,
  facts = {},
}: WarningJson):
  { readonly kind: WarningKind; readonly facts: Readonly<Record<string, string | undefined>> } | undefined {
  if (kind !== undefined) return Object.hasOwn(WARNING_TEXTS, kind) ? { kind: kind as WarningKind, facts } : undefined;
  for (const [known, pattern] of Object.entries(EARLIER)) {
    const found = pattern.exec(text);
    if (found !== null) return { kind: known as WarningKind, facts: { ...found.groups } };
  }
  return undefined;
}

/** What to do about warnings whose text does not say it, by how the text begins. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^security group .+ allows outbound traffic of documented flows/,
    'Add outbound rules of your own for what the machines need of these.',
  ],
  [/^ranges within other ranges open nothing more/, 'Leave out the range that is within the other one.'],
];

/** Returns what to do about a warning; nothing if its text says it. */
export function warningAdvice(text: string): string | undefined {
  return ADVICE.find(([pattern]) => pattern.test(text))?.[1];
}
