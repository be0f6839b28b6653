import type { TracedHostname, TracedPeer } from '../../provenance';
import { filterRemark } from '../filtered-hostnames';
import { formPeerLines } from './form-lines';
import { peerKey, type RequestScope } from './request-blocks';

/** Names that cannot be mistaken for a line of the form. */
const PLAIN_NAME = /^[*\w][\w.-]*$/;

/** The hostnames of one document behind one proxy or firewall: one block of a request. */
interface HostnameBlock {
  readonly through: string;
  readonly external: boolean;
  /** The machines that they are for; absent if nobody named them. */
  readonly clients?: TracedPeer;
  /** At least one, in the order of the document. */
  readonly hostnames: readonly TracedHostname[];
}

/** Returns the hostnames that a request lists. */
export function requestedHostnames(hostnames: readonly TracedHostname[], scope: RequestScope): TracedHostname[] {
  return hostnames.filter(({ external }) => external || scope === 'all');
}

/** Groups hostnames into blocks, in the order of the constructs. */
export function hostnameBlocks(hostnames: readonly TracedHostname[]): HostnameBlock[] {
  const blocks = new Map<string, TracedHostname[]>();
  for (const hostname of hostnames) {
    const { through, external, document, clients } = hostname;
    const key = JSON.stringify([through, external, document.key, clients === undefined ? '' : peerKey(clients)]);
    const block = blocks.get(key);
    if (block) block.push(hostname);
    else blocks.set(key, [hostname]);
  }
  return [...blocks.values()].map((ofBlock) => {
    const [{ through, external, clients }] = ofBlock;
    return { through, external, clients, hostnames: ofBlock };
  });
}

/** Returns what a hostname is for, if its document says so. */
export function hostnamePurpose({ remark }: TracedHostname): string {
  return remark ?? 'Outbound access by name';
}

/** Renders the blocks of a request for hostnames in the form of the vendor's list, and adds the ports, which the list leaves out. */
export function hostnameRequestLines(hostnames: readonly TracedHostname[]): string[][] {
  return hostnameBlocks(hostnames).map(blockLines);
}

function blockLines({ through, external, clients, hostnames }: HostnameBlock): string[] {
  const [{ document }] = hostnames;
  const { title, edition, reference } = document;
  return [
    external
      ? `# Please allow outbound access through ${through}:`
      : `# No action needed: the requesting team allows this through ${through}`,
    ...hostnames
      .slice(0, 1)
      .flatMap((hostname) => filterRemark(hostname) ?? [])
      .map((remark) => `# ${remark}`),
    ...hostnames.flatMap(remarkLine).map((remark) => `# ${remark}`),
    `# Document: ${title}, edition ${edition}, ${reference}`,
    ...(clients === undefined ? [] : ['SOURCE:', ...formPeerLines(clients)]),
    'ADDRESSES TO ACCESS:',
    ...new Set(hostnames.map(hostnameLine)),
  ];
}

function hostnameLine({ hostname, ports }: TracedHostname): string {
  return [PLAIN_NAME.test(hostname) ? hostname : JSON.stringify(hostname), ...ports].join(' ');
}

function remarkLine({ hostname, remark, section, supplement }: TracedHostname): string[] {
  if (supplement !== undefined) return [`${hostname}: not in the document: ${supplement}`];
  return remark === undefined ? [] : [`${hostname}: ${remark}; "${section}"`];
}
