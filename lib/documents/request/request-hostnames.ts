import { HOSTNAME_REASONS } from '../../products/catalog';
import { OUTBOUND_ACCESS, type TracedDocument, type TracedHostname, type TracedPeer } from '../../provenance';
import { filterRemark } from '../filtered-hostnames';
import {
  documentsOf,
  hasReason,
  notDocumentedText,
  notOpenLines,
  type Opener,
  openerOf,
  ownerLines,
  versionsText,
} from '../source-text';
import { formPeerLines } from './form-lines';
import { type AskedHostname, peerKey, type RequestChange, type RequestScope, type StackLine } from './request-blocks';

/** Names that cannot be mistaken for a line of the form. */
const PLAIN_NAME = /^[*\w][\w.-]*$/;

/** The heading above lists of hostnames, if other requests have headings too. */
export const HOSTNAMES_HEADING = 'Addresses to Access';

/** The hostnames of one document behind one proxy or firewall: one block of a request. */
interface HostnameBlock {
  readonly through: string;
  readonly opener: Opener;
  readonly change?: RequestChange;
  /** The machines that they are for; absent if nobody named them. */
  readonly clients?: TracedPeer;
  /** At least one, in the order of the document. */
  readonly hostnames: readonly AskedHostname[];
}

/** Returns the hostnames that a request lists. */
export function requestedHostnames(hostnames: readonly TracedHostname[], scope: RequestScope): TracedHostname[] {
  return hostnames.filter(({ external }) => external || scope === 'all');
}

/** Groups hostnames into blocks, in the order of the constructs. */
export function hostnameBlocks(hostnames: readonly AskedHostname[]): HostnameBlock[] {
  const blocks = new Map<string, AskedHostname[]>();
  for (const hostname of hostnames) {
    const { stack, through, document, clients, change } = hostname;
    const machines = clients === undefined ? '' : peerKey(clients);
    const key = JSON.stringify([stack, through, openerOf(hostname), document.key, machines, change]);
    const block = blocks.get(key);
    if (block) block.push(hostname);
    else blocks.set(key, [hostname]);
  }
  return [...blocks.values()].map((ofBlock) => {
    const [first] = ofBlock;
    const { through, clients, change } = first;
    return { through, opener: openerOf(first), change, clients, hostnames: ofBlock };
  });
}

/** Returns what a hostname is for, if its document says so. */
export function hostnamePurpose({ remark, notDocumented }: TracedHostname): string {
  if (notDocumented !== undefined) return 'not documented';
  return remark ?? OUTBOUND_ACCESS;
}

/** Renders the blocks of a request for hostnames in the form of the vendor's list, and adds the ports, which the list leaves out. */
export function hostnameRequestLines(hostnames: readonly AskedHostname[], stackLine: StackLine): string[][] {
  return hostnameBlocks(hostnames).map((block) => blockLines(block, stackLine));
}

/** What a request asks for, by who allows the hostnames. */
const ACTIONS: Readonly<
  Record<Exclude<Opener, 'not known to be open' | 'closed at its source'>, (through: string) => string>
> = {
  'the firewall team': (through) => `Please allow outbound access through ${through}:`,
  'this stack': (through) => `No action needed: the requesting team allows this through ${through}`,
  'this stack, in part': (through) => `The requesting team allows this in part through ${through}`,
  'no rule of this stack': (through) => `No rule of the requesting team allows this through ${through}`,
};

function actionLines({ through, opener, change, hostnames }: HostnameBlock): string[] {
  const isAsked = opener === 'the firewall team';
  if (change === 'close') {
    return isAsked
      ? [`Please no longer allow outbound access through ${through}:`]
      : [`No action needed: the requesting team no longer allows this through ${through}`];
  }
  if (change === 'unchanged' && isAsked) return [`Unchanged, no action needed: outbound access through ${through}`];
  return hasReason(opener)
    ? [...notOpenLines(hostnames), `Filter: ${through}`]
    : [ACTIONS[opener](through), ...notOpenLines(hostnames)];
}

function blockLines(block: HostnameBlock, stackLine: StackLine): string[] {
  const { clients, hostnames } = block;
  const [first] = hostnames;
  const remarks = [
    ...actionLines(block),
    ...stackLine(first.stack),
    ...[filterRemark(first) ?? []].flat(),
    ...ownerLines(hostnames),
    ...hostnames.flatMap(remarkLine),
    ...documentsOf(hostnames).flatMap(documentLines),
  ];
  return [
    ...remarks.map((remark) => `# ${remark}`),
    ...(clients === undefined ? [] : ['SOURCE:', ...formPeerLines(clients)]),
    'ADDRESSES TO ACCESS:',
    ...new Set(hostnames.map(hostnameLine)),
  ];
}

function documentLines({ title, edition, reference, checkedFor }: TracedDocument): string[] {
  const versions = versionsText(checkedFor, undefined);
  return [
    `Document: ${title}, edition ${edition}, ${reference}`,
    ...(versions === undefined ? [] : [`Versions: ${versions}`]),
  ];
}

function hostnameLine({ hostname, ports }: TracedHostname): string {
  return [PLAIN_NAME.test(hostname) ? hostname : JSON.stringify(hostname), ...ports].join(' ');
}

function remarkLine(hostname: TracedHostname): string[] {
  const { remark, section, supplement, supplementReference, notDocumented } = hostname;
  if (notDocumented !== undefined) return [`${hostname.hostname}: ${notDocumentedText(notDocumented)}`];
  if (supplement !== undefined) {
    return [[`${hostname.hostname}: not in the document: ${supplement}`, supplementReference ?? []].flat().join('; ')];
  }
  const said = remark === undefined ? [] : [`${hostname.hostname}: ${remark}; "${section}"`];
  return [...said, ...hostnameReasons(hostname).map((reason) => `${hostname.hostname}: ${reason}`)];
}

/** Returns why a hostname is needed and which pages say so, if its document refers to a different one for the reason. */
export function hostnameReasons({ document, row, notDocumented }: TracedHostname): string[] {
  if (notDocumented !== undefined) return [];
  return HOSTNAME_REASONS.filter((each) => each.tables.includes(document.key) && each.row === row).map(
    ({ reason, references }) => `${reason}; see ${references.join(' and ')}`,
  );
}
