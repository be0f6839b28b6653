import type { TracedHostname } from '../model/traced-host';
import type { RequestScope } from './request-blocks';

/** The hosts of one document that the same proxy or firewall lets out: one block of a request. */
export interface HostBlock {
  readonly through: string;
  readonly external: boolean;
  /** At least one, in the order of the document. */
  readonly hosts: readonly TracedHostname[];
}

/** The hosts that a request is about. */
export function requestedHostnames(hosts: readonly TracedHostname[], scope: RequestScope): TracedHostname[] {
  return hosts.filter(({ external }) => external || scope === 'all');
}

/** Puts together what goes into one block, in the order in which it was asked for. */
export function hostBlocks(hosts: readonly TracedHostname[]): HostBlock[] {
  const blocks = new Map<string, TracedHostname[]>();
  for (const host of hosts) {
    const key = JSON.stringify([host.through, host.external, host.document.key]);
    const block = blocks.get(key);
    if (block) block.push(host);
    else blocks.set(key, [host]);
  }
  return [...blocks.values()].map((ofBlock) => {
    const [{ through, external }] = ofBlock;
    return { through, external, hosts: ofBlock };
  });
}

/** What a host is for, as far as its document says it. */
export function hostPurpose({ remark }: TracedHostname): string {
  return remark ?? 'Outbound access by name';
}
