import { shown } from '../input';
import { needsPodAddresses, type PortLevel } from '../tables';

/** A row that a construct opens in a cloud. */
export interface OpenedRow {
  readonly name: string;
  /** The port that is opened. */
  readonly port: string;
  readonly level?: PortLevel;
  readonly sourceRole: string;
  readonly destinationRole: string;
}

/** Ports of pods that a construct opens. */
interface PodPorts {
  /** What they need, as a sentence that continues the name of the construct. */
  readonly text: string;
  /** The names of the rows as `omit` takes them. */
  readonly rows: readonly string[];
}

const MOST_LISTED = 3;

/**
 * Returns what the rows of a construct need that are ports of pods; nothing if it opens none, or if only machines open connections to them
 * that reach pods at their IP addresses.
 */
export function podPorts(opened: readonly OpenedRow[]): PodPorts | undefined {
  const isPodRow = ({ level, sourceRole }: OpenedRow): boolean => needsPodAddresses(level, sourceRole);
  const found = opened.filter(isPodRow);
  if (found.length === 0) return undefined;
  const others = opened.filter((row) => !isPodRow(row));
  const kept = new Set(others.map(({ name }) => name));
  const rows = [...new Set(found.map((row) => (kept.has(row.name) ? keyOf(row) : row.name)))];
  const ports = [...new Set(found.map(({ port }) => port))];
  const more = ports.length > MOST_LISTED ? ` and ${ports.length - MOST_LISTED} more` : '';
  const fix = others.length === 0 ? 'remove the construct' : `omit: [${rows.map(shown).join(', ')}]`;
  const text =
    `it opens ports of pods (${ports.slice(0, MOST_LISTED).join(', ')}${more}), which a firewall of machines sees only if pods have IP ` +
    'addresses of its network, as with VPC-native GKE or the AWS VPC CNI. Under an overlay, such as VXLAN, it sees only the ' +
    `encapsulation: ${fix}`;
  return { text, rows };
}

function keyOf({ sourceRole, destinationRole, name }: OpenedRow): string {
  return `${sourceRole}>${destinationRole}/${name}`;
}
