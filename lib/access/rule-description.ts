import { beginningOf } from '../input';
import type { AddressFamily, Port } from '../net';
import { type PortRow, tableKey } from '../tables';
import type { Flow } from './host-group';
import { type Ownership, ownershipRemark, type SharedOwnership, sharedOwnership } from './ownership';

/** Returns the first sentence of a description without its full stop. */
export function firstSentence(description: string): string {
  return description.replace(/\. \p{Lu}.*/u, '').replace(/\.$/, '');
}

/** The description of rules that allow all outbound traffic. No document is their source. */
export const ALL_OUTBOUND_DESCRIPTION = 'All outbound traffic (Egress.ALL)';

const ELLIPSIS = '...';
/** The length of the text for further flows that share a rule: `, and 9999 more`. */
const ROOM_FOR_MORE_FLOWS = 15;
/** The owners are left out where fewer characters of the vendor's words would be left. */
const LEAST_LABEL = 30;

/**
 * Returns the description of a rule for flows: the vendor's description, and in brackets the row key, which identifies the row of
 * the document.
 *
 * Only one flow is described. The others are counted, each different row once. `world` is the IP family for which the rule is open
 * to every IP address.
 */
export function describeFlows(flows: readonly Flow[], maxLength: number, world?: AddressFamily): string {
  const description = new SharedDescription(maxLength, world);
  description.add(flows);
  return description.text;
}

/** The same description of a rule, to which flows that share the rule can be added later. */
export class SharedDescription {
  private readonly ends = new Set<string>();
  private readonly ownerships = new Map<string, Ownership | undefined>();
  private first: { readonly label: string; readonly flow: Flow; readonly end: string } | undefined;

  constructor(
    private readonly maxLength: number,
    private readonly world?: AddressFamily,
  ) {}

  /** Adds flows. Returns whether one of them has a row or an ownership that is not counted yet. */
  public add(flows: readonly Flow[]): boolean {
    const size = this.ends.size + this.ownerships.size;
    for (const flow of flows) {
      const end = endOf(flow, this.world);
      this.ends.add(end);
      this.ownerships.set(JSON.stringify(flow.ownership), flow.ownership);
      if (this.first === undefined || end < this.first.end) this.first = { label: labelOf(flow), flow, end };
    }
    return this.ends.size + this.ownerships.size > size;
  }

  /** Who wants the rule. */
  public get ownership(): SharedOwnership {
    return sharedOwnership(this.ownerships.values());
  }

  /** The description. There must be a flow. */
  public get text(): string {
    const { label, flow, end } = this.first!;
    const more = this.ends.size > 1 ? `, and ${this.ends.size - 1} more` : '';
    const room = this.maxLength - end.length - ROOM_FOR_MORE_FLOWS - Math.min(label.length, LEAST_LABEL);
    const owners = ownershipRemark(this.ownerships.values(), room);
    return shortenedToFit(label, endOf(flow, this.world, owners).replace(/ (?=\[[^[]*$)/, `${more} `), this.maxLength);
  }
}

/** Returns the length of the parts of a description that are never shortened, for any number of flows. */
export function minimumDescriptionLength(flow: Flow, world?: AddressFamily): number {
  return endOf(flow, world).length + ROOM_FOR_MORE_FLOWS;
}

/** Returns what follows the vendor's words in a description. It identifies the row, and is not shortened. */
function endOf(flow: Flow, world: AddressFamily | undefined, owners = ''): string {
  return `${remarks(flow, world, documentedPort(flow), owners)} [${rowKey(flow)}]`;
}

/**
 * Returns the description of a rule for several rows of one documented flow: their descriptions, each once, and in brackets their names.
 */
export function describeFlowGroup(
  flows: readonly Flow[],
  maxLength: number,
  world?: AddressFamily,
  remark = '',
): string {
  const [first] = flows;
  const rows = [...new Map(flows.map((flow) => [flow.row.name, flow])).values()]; // a row of two protocols is two flows
  const names = rows.map((flow) => flow.row.name);
  const withOwners = (keys: string, ports: string, owners: string): string =>
    `${remarks(first, world, ports, owners)}${remark} [${flowGroupKey(first)}/${keys}]`;
  const end = (keys: string, ports: string): string => {
    const text = withOwners(keys, ports, '');
    const owners = ownershipRemark(
      flows.map(({ ownership }) => ownership),
      maxLength - text.length - LEAST_LABEL,
    );
    return owners === '' ? text : withOwners(keys, ports, owners);
  };
  // each host group of a destination has flows of its own
  const moved = [
    ...new Map(flows.filter(isMoved).map((flow) => [`${flow.row.name} ${String(flow.port)}`, flow])).values(),
  ];
  const whole = end(names.join(','), documentedPorts(moved, rows.length > 1));
  const short = (): string =>
    end(
      `${names[0]},and-${names.length - 1}-more`,
      moved.length === 0 ? '' : `; ${moved.length} ports differ from the document`,
    );
  return shortenedToFit(
    [...new Set(rows.map(labelOf))].join(', '),
    whole.length <= maxLength ? whole : short(),
    maxLength,
  );
}

/** Returns the key of a row, which is unique among all documents. Every cloud accepts its characters in descriptions. */
export function rowKey(flow: Flow): string {
  return `${flowGroupKey(flow)}/${flow.row.name}`;
}

/** Returns how `omit` and `ports` name the row of a flow, and no row of its name that has a different port in a different flow. */
export function nameInProps({ key, table, row }: Flow): string {
  const flows = [...table.flows, ...(table.supplements ?? [])];
  const isOther = ({ name, port }: PortRow): boolean => name === row.name && String(port) !== String(row.port);
  return flows.some(({ rows }) => rows.some(isOther)) ? key : row.name;
}

function flowGroupKey({ table, sourceRole, destinationRole }: Flow): string {
  return `${tableKey(table)}/${sourceRole.id}-to-${destinationRole.id}`;
}

function labelOf({ row }: Flow): string {
  return firstSentence(row.description);
}

/** Returns whether a flow opens a port other than that of its row. */
export function isMoved({ port, row }: Flow): boolean {
  return port !== row.port && !row.port._ofOneProtocol().map(String).includes(String(port));
}

/** Returns the port that the document has for the protocol of a flow. */
export function portInDocument({ port, row }: Flow): Port {
  return row.port._ofOneProtocol().find(({ protocol }) => protocol === port.protocol) ?? row.port;
}

/** Returns the port of a row that was moved: `; document: 10250/tcp`. */
function documentedPort(flow: Flow): string {
  if (!isMoved(flow)) return '';
  return `; ${flow.supplement === undefined ? 'document' : 'its source'}: ${String(portInDocument(flow))}`;
}

/**
 * Returns the ports of the moved rows of one documented flow: `; document: kubelet 10250/tcp, api-server 6443/tcp`. The only row of a rule
 * is not named: `; document: 53/tcp, 53/udp`.
 */
function documentedPorts(moved: readonly Flow[], hasSeveralRows: boolean): string {
  if (moved.length === 0) return '';
  const source = moved[0].supplement === undefined ? 'document' : 'its source';
  const ports = moved.map((flow) => `${hasSeveralRows ? `${flow.row.name} ` : ''}${String(portInDocument(flow))}`);
  return `; ${source}: ${ports.join(', ')}`;
}

function remarks(flow: Flow, world: AddressFamily | undefined, ports: string, owners: string): string {
  const reasons = flow.source._farEnd.worldReasons.filter(({ family }) => family === world);
  const distinct = new Set(reasons.map(({ reason }) => `; open to the world: ${reason}`));
  return (flow.supplement ? '; not documented by the vendor' : '') + ports + owners + [...distinct].sort().join('');
}

/** Returns `text` and `end`. Shortens only `text`, because `end` identifies the row, and the document has the whole text. */
function shortenedToFit(text: string, end: string, maxLength: number): string {
  const room = maxLength - end.length;
  if (text.length <= room) return text + end;
  return room > ELLIPSIS.length ? beginningOf(text, room - ELLIPSIS.length) + ELLIPSIS + end : end.replace(/;? /, '');
}
