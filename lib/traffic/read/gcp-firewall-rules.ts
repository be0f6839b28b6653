import { shown } from '../../input';
import { AddressFamily } from '../../net';
import type { KnownPart, NotEvaluated, PossibleRule } from '../configuration';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  FIREWALL_STAGE,
  type GroupName,
  type NameKind,
} from '../rule';
import { ALL_PORTS, hasPorts, portInterval, type PortInterval, protocolNumber, WHOLE } from '../sets';
import { type Block, isUnknown, Unreadable, unreadable, type UnknownValue } from '../terraform';
import type { GcpNames } from './gcp-names';
import {
  attributeNotEvaluated,
  blockNotEvaluated,
  joinedPeers,
  namedPeers,
  NO_PEERS,
  NO_RULES,
  type Peers,
  rangePeers,
  type ReadResult,
  unknownMachines,
} from './peers';

const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];
const DEFAULT_PRIORITY = 1000;
const MAX_PRIORITY = 65_535;
const TAGS = ['source_tags', 'target_tags'];
const ACCOUNTS = ['source_service_accounts', 'target_service_accounts'];
/** Attributes that GCP does not document for rules of a direction, or that select among the IP addresses of a target. */
const NOT_EVALUATED: Readonly<Record<Direction, readonly string[]>> = {
  ingress: ['destination_ranges'],
  egress: ['source_ranges', 'source_tags', 'source_service_accounts'],
};
/** Reads a `google_compute_firewall`. */
export function readFirewall(block: Block, names: GcpNames): ReadResult {
  try {
    return readReadableFirewall(block, names);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    // the order of a rule that contradicts itself is known nevertheless
    const place = knownPlace(block, undefined, names);
    const possible = (['allow', 'deny'] as const).map((action) => ({ action, ...place }));
    return notEvaluated([{ ...blockNotEvaluated(block, error.reason), possible }]);
  }
}

function readReadableFirewall(block: Block, names: GcpNames): ReadResult {
  const disabled = block.flag('disabled');
  if (disabled === true) return NO_RULES;
  const given = block.text('direction') ?? 'INGRESS';
  if (isUnknown(given)) return unknownDirection(block, attributeNotEvaluated(block, 'direction', given), names);
  const direction = directionOf(given);
  const action = actionOf(block);
  checkSelectors(block);
  // a plan marks ranges of the other direction as unknown if they were given as null
  const unevaluated = NOT_EVALUATED[direction].find((name) => block.texts(name).some((text) => !isUnknown(text)));
  const far = direction === 'ingress' ? sources(block) : destinations(block);
  const near = targets(block);
  const known: KnownPart = { action, direction, peers: far.peers };
  const possible = [{ ...known, groups: near.groups, ...knownPlace(block, action, names) }];
  const stopping = (one: NotEvaluated): NotEvaluated => ({ ...one, known, possible });
  const refused = (one: NotEvaluated): ReadResult => notEvaluated([stopping(one)]);
  if (isUnknown(disabled)) return refused(attributeNotEvaluated(block, 'disabled', disabled));
  const priority = priorityOf(block);
  if (isUnknown(priority)) return refused(attributeNotEvaluated(block, 'priority', priority));
  const blocks = block.blocks(action);
  if (isUnknown(blocks)) return refused(attributeNotEvaluated(block, action, blocks));
  const { ports, missing: reasons } = gcpPorts(blocks, action, 'protocol');
  const missing = reasons.map((reason) => stopping(blockNotEvaluated(block, reason)));
  if (ports.length === 0) return notEvaluated(missing);
  if (unevaluated !== undefined) {
    return refused(blockNotEvaluated(block, `${unevaluated} cannot be evaluated in an ${direction} rule`));
  }
  const network = networkName(block, names);
  if (network === undefined) return refused(blockNotEvaluated(block, 'network is known after apply'));
  // far ends of an allow that are not known are in its rule, by a name of their own
  const farEnds = action === 'deny' ? far.notEvaluated.map(stopping) : far.notEvaluated;
  const all = [...missing, ...farEnds, ...near.notEvaluated.map(stopping)];
  if (far.peers.length === 0 || near.groups.length === 0) return notEvaluated(all);
  const rule = {
    address: block.address,
    file: block.file,
    direction,
    network,
    groups: near.groups,
    peers: far.peers,
    ports,
    action,
    precedence: { stage: FIREWALL_STAGE, priority },
    description: knownText(block, 'description'),
  };
  return { rules: [rule], notEvaluated: all };
}

function knownText(block: Block, name: string): string | undefined {
  const text = block.text(name);
  return isUnknown(text) ? undefined : text;
}

/** Returns the network, the priority and the ports of a rule, as far as they are known; no ports without an action. */
function knownPlace(
  block: Block,
  action: 'allow' | 'deny' | undefined,
  names: GcpNames,
): Pick<PossibleRule, 'network' | 'ports' | 'precedence'> {
  try {
    const blocks = action === undefined ? [] : block.blocks(action);
    const { ports, missing } =
      action === undefined || isUnknown(blocks) ? NO_PORTS : gcpPorts(blocks, action, 'protocol');
    const priority = priorityOf(block);
    return {
      network: networkName(block, names),
      ports: missing.length === 0 && ports.length > 0 ? ports : undefined,
      precedence: isUnknown(priority) ? undefined : { stage: FIREWALL_STAGE, priority },
    };
  } catch (error) {
    if (error instanceof Unreadable) return {};
    throw error;
  }
}

const NO_PORTS = { ports: [], missing: [] };

/** Reports a rule that may be inbound: then its sources are known. */
function unknownDirection(block: Block, one: NotEvaluated, names: GcpNames): ReadResult {
  const action = actionOf(block);
  const possible = [{ action, groups: targets(block).groups, ...knownPlace(block, action, names) }];
  return notEvaluated([{ ...one, known: { action, direction: 'ingress', peers: sources(block).peers }, possible }]);
}

function priorityOf(block: Block): number | UnknownValue {
  const priority = block.integer('priority') ?? DEFAULT_PRIORITY;
  if (isUnknown(priority) || (priority >= 0 && priority <= MAX_PRIORITY)) return priority;
  throw unreadable(`priority must be a whole number from 0 to ${MAX_PRIORITY}`, shown(priority));
}

/** Reads the direction of a rule. */
export function directionOf(direction: unknown): Direction {
  if (direction === 'INGRESS') return 'ingress';
  if (direction === 'EGRESS') return 'egress';
  throw unreadable('direction must be INGRESS or EGRESS', shown(direction));
}

/** Reads a list of names that selects machines at the far end. */
function namedFarEnds(block: Block, attribute: string, kind: NameKind): Peers {
  const { names, notEvaluated: missing } = endNames(block, attribute, kind);
  if (names.length === 0) return NO_PEERS;
  return { peers: names.flatMap(namedPeers), notEvaluated: missing };
}

/** Names that select machines, with what could not be evaluated. */
interface EndNames {
  readonly names: readonly EndName[];
  readonly notEvaluated: readonly NotEvaluated[];
}

const NO_NAMES: EndNames = { names: [], notEvaluated: [] };

/** Reads a list of names; a value that is not known is named by its expression. */
function endNames(block: Block, attribute: string, kind: NameKind): EndNames {
  const values = block.texts(attribute);
  if (values.length === 0) return NO_NAMES;
  const [names, missing]: [EndName[], NotEvaluated[]] = [[], []];
  for (const value of values) {
    if (!isUnknown(value)) names.push(`${kind}:${value}`);
    else if (value.expression !== undefined) names.push(`${kind}:${value.expression}`);
    else names.push(unknownMachines(kind, value, block, attribute));
    if (isUnknown(value) && (value.expression === undefined || value.count === 'any')) {
      missing.push(attributeNotEvaluated(block, attribute, value));
    }
  }
  return { names, notEvaluated: missing };
}

/** GCP accepts either tags or service accounts in one rule. */
function checkSelectors(block: Block): void {
  const given = (names: readonly string[]): string | undefined => names.find((name) => block.texts(name).length > 0);
  const accounts = given(ACCOUNTS);
  const tags = accounts === undefined ? undefined : given(TAGS);
  if (tags === undefined) return;
  const need = 'a firewall must select either by tags or by service accounts';
  throw unreadable(need, `${tags} and ${accounts}`);
}

function actionOf(block: Block): 'allow' | 'deny' {
  const given = (['allow', 'deny'] as const).filter((action) => {
    const value = block.value(action);
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  if (given.length === 1) return given[0];
  const got = given.length === 0 ? 'neither' : 'both';
  throw unreadable('a firewall must have either allow or deny', got);
}

function networkName(block: Block, names: GcpNames): string | undefined {
  const network = block.text('network');
  if (network === undefined) {
    throw unreadable('network must name a VPC network', 'nothing');
  }
  return names.find(network, block.value('project'));
}

/** A packet matches if its source is in a range, or has a tag or an account. A rule without sources matches all IPv4 addresses. */
function sources(block: Block): Peers {
  const far = joinedPeers([
    rangePeers(block, 'source_ranges', block.ranges('source_ranges'), BOTH),
    namedFarEnds(block, 'source_tags', 'tag'),
    namedFarEnds(block, 'source_service_accounts', 'account'),
  ]);
  return far.peers.length + far.notEvaluated.length === 0 ? EVERY_IPV4 : far;
}

function destinations(block: Block): Peers {
  const ranges = block.ranges('destination_ranges');
  return ranges.length === 0 ? EVERY_IPV4 : rangePeers(block, 'destination_ranges', ranges, BOTH);
}

const EVERY_IPV4: Peers = {
  peers: [{ name: ANY_MACHINE, family: AddressFamily.IPV4, addresses: WHOLE[AddressFamily.IPV4] }],
  notEvaluated: [],
};

/** A rule without targets applies to all instances of the network. */
function targets(block: Block): { groups: readonly GroupName[]; notEvaluated: readonly NotEvaluated[] } {
  const [tags, accounts] = [
    endNames(block, 'target_tags', 'tag'),
    endNames(block, 'target_service_accounts', 'account'),
  ];
  const groups = [...tags.names, ...accounts.names];
  const missing = [...tags.notEvaluated, ...accounts.notEvaluated];
  return { groups: groups.length + missing.length === 0 ? [ALL_INSTANCES] : groups, notEvaluated: missing };
}

function notEvaluated(missing: readonly NotEvaluated[]): ReadResult {
  return { rules: [], notEvaluated: missing };
}

const PORTS = /^(0|[1-9]\d{0,4})(?:-(0|[1-9]\d{0,4}))?$/;
const MAX_PORT = 65_535;

/** The ports in the blocks of a rule, and why the rest is not known or cannot be expressed. */
interface GcpPorts {
  readonly ports: readonly PortInterval[];
  readonly missing: readonly string[];
}

/**
 * Reads the ports in the blocks in which a rule lists protocols; `attribute` is the name of these blocks. A protocol without ports means
 * all of its ports. What cannot be read leaves the rest as it is.
 */
export function gcpPorts(blocks: readonly Block[], attribute: string, protocolAttribute: string): GcpPorts {
  const parts = blocks.map((block) => {
    try {
      return blockPorts(block, attribute, protocolAttribute);
    } catch (error) {
      return { ports: [], missing: [reasonOf(error)] };
    }
  });
  return { ports: parts.flatMap(({ ports }) => ports), missing: parts.flatMap(({ missing }) => missing) };
}

function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.reason;
  throw error;
}

function blockPorts(block: Block, attribute: string, protocolAttribute: string): GcpPorts {
  const protocol = block.text(protocolAttribute);
  if (isUnknown(protocol)) return { ports: [], missing: [`${attribute} is ${protocol.reason}`] };
  if (protocol?.toLowerCase() === 'all') return { ports: [ALL_PORTS], missing: [] };
  if (protocol?.toLowerCase() === 'ipip') {
    return { ports: [], missing: [`${attribute} is ipip, whose protocol number GCP does not document`] };
  }
  const number = protocol === undefined ? undefined : protocolNumber(protocol);
  if (number === undefined) {
    throw unreadable(`${protocolAttribute} must be a protocol name, a protocol number or all`, shown(protocol));
  }
  const texts = block.texts('ports');
  if (texts.length === 0) return { ports: [portInterval(number)], missing: [] };
  if (!hasPorts(number)) {
    throw unreadable('only tcp, udp and sctp have ports', `ports of ${protocol!}`);
  }
  const [ports, missing]: [PortInterval[], string[]] = [[], []];
  for (const text of texts) {
    if (isUnknown(text)) {
      missing.push(`${attribute} is ${text.reason}`);
      continue;
    }
    try {
      ports.push(interval(number, text));
    } catch (error) {
      missing.push(reasonOf(error));
    }
  }
  return { ports, missing };
}

function interval(protocol: number, text: string): PortInterval {
  const [, first, last = first] = PORTS.exec(text) ?? [];
  if (first === undefined || Math.max(Number(first), Number(last)) > MAX_PORT) {
    const need = `ports must be numbers or ranges from 0 to ${MAX_PORT}, such as "443" or "8000-8100"`;
    throw unreadable(need, shown(text));
  }
  if (Number(first) > Number(last)) {
    throw unreadable('a port range must ascend', shown(text));
  }
  return portInterval(protocol, Number(first), Number(last));
}
