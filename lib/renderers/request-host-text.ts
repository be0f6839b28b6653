import type { TracedHostname } from '../model/traced-host';
import { hostBlocks, type HostBlock } from './request-hosts';

/** Anything else would read as a part of the form. */
const NAME = /^[*\w][\w.-]*$/;

/** Hosts that are asked for, in the manner of the vendor's list: a name in a line, and behind it the ports that the list leaves out. */
export function hostnameRequestLines(hosts: readonly TracedHostname[]): string[][] {
  return hostBlocks(hosts).map(blockLines);
}

function blockLines({ through, external, hosts }: HostBlock): string[] {
  const [{ document }] = hosts;
  const { title, edition, reference } = document;
  const who = external ? 'To be let out by you' : 'Already let out by us, for your information';
  return [
    `# ${who}, through ${through}`,
    ...hosts.flatMap(remarkLine).map((remark) => `# ${remark}`),
    `# Document: ${title}, edition ${edition}, ${reference}`,
    'ADDRESSES TO ACCESS:',
    ...new Set(
      hosts.map(({ hostname, ports }) =>
        [NAME.test(hostname) ? hostname : JSON.stringify(hostname), ...ports].join(' '),
      ),
    ),
  ];
}

function remarkLine({ hostname, remark, section, supplement }: TracedHostname): string[] {
  if (supplement !== undefined) return [`${hostname}: not in the document: ${supplement}`];
  return remark === undefined ? [] : [`${hostname}: ${remark}; "${section}"`];
}
