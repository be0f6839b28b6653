import { AddressFamily } from '../model/address-family';
import { refusal, shown } from '../model/refusal';
import { WHOLE } from './address-space';
import type { Block } from './block';
import type { NotEvaluated } from './configuration';
import { NO_FINDINGS, unreadAttribute, unreadBlock, type Findings } from './findings';
import type { GcpNames } from './gcp-names';
import { gcpPorts } from './gcp-ports';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type GroupName, type NameKind } from './names';
import { allPeers, namedPeers, rangePeers, type Peers } from './peers';
import type { Direction } from './rule';
import { isUnknown } from './unknown-value';

const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];
const DEFAULT_PRIORITY = 1000;
const LAST_PRIORITY = 65_535;
const SELECTORS = [
  ['source_tags', 'target_tags'],
  ['source_service_accounts', 'target_service_accounts'],
];
/** What tells addresses of one group apart, or has no meaning in a rule of that direction. */
const WRONG_SIDE: Readonly<Record<Direction, readonly string[]>> = {
  ingress: ['destination_ranges'],
  egress: ['source_ranges', 'source_tags', 'source_service_accounts'],
};
/** The stage of a network's own rules; firewall policies come before or after it. */
export const CLASSIC_STAGE = 1;

/** Reads a `google_compute_firewall`. */
export function readFirewall(block: Block, names: GcpNames): Findings {
  const disabled = block.flag('disabled');
  if (disabled === true) return NO_FINDINGS;
  if (isUnknown(disabled)) return notEvaluated([unreadAttribute(block, 'disabled', disabled)]);
  const direction = directionOf(block.value('direction') === undefined ? 'INGRESS' : block.text('direction'), block);
  const priority = block.integer('priority') ?? DEFAULT_PRIORITY;
  if (isUnknown(priority)) return notEvaluated([unreadAttribute(block, 'priority', priority)]);
  if (priority < 0 || priority > LAST_PRIORITY) {
    throw refusal(block.place, `priority must be a whole number from 0 to ${LAST_PRIORITY}`, shown(priority));
  }
  const action = actionOf(block);
  const blocks = block.blocks(action);
  const ports = isUnknown(blocks) ? blocks : gcpPorts(blocks, 'protocol');
  if (isUnknown(ports)) return notEvaluated([unreadAttribute(block, action, ports)]);
  checkSelectors(block);
  const wrongSide = WRONG_SIDE[direction].find((name) => block.texts(name).length > 0);
  if (wrongSide !== undefined) {
    return notEvaluated([unreadBlock(block, `${wrongSide} cannot be evaluated in an ${direction} rule`)]);
  }
  const network = networkOf(block, names);
  if (network === undefined) return notEvaluated([unreadBlock(block, 'network is known only to Terraform')]);
  const far = direction === 'ingress' ? sources(block) : destinations(block);
  const near = targets(block);
  if (far.peers.length === 0 || near.groups.length === 0) {
    return notEvaluated([...far.notEvaluated, ...near.notEvaluated]);
  }
  const description = block.text('description');
  const rule = {
    address: block.address,
    file: block.file,
    direction,
    network,
    groups: near.groups,
    peers: far.peers,
    ports,
    action,
    precedence: { stage: CLASSIC_STAGE, priority },
    description: isUnknown(description) ? undefined : description,
  };
  return { rules: [rule], notEvaluated: [...far.notEvaluated, ...near.notEvaluated] };
}

/** Reads which way the connections go. */
export function directionOf(direction: unknown, block: Block): Direction {
  if (direction === 'INGRESS') return 'ingress';
  if (direction === 'EGRESS') return 'egress';
  throw refusal(block.place, 'direction must be INGRESS or EGRESS', shown(direction));
}

/** Machines that are selected by a list of names at the far end. */
export function namedFarEnds(block: Block, attribute: string, kind: NameKind): Peers {
  const { names, notEvaluated: missing } = endNames(block, attribute, kind);
  return { peers: names.flatMap(namedPeers), notEvaluated: missing };
}

/** The names in a list; a reference names what it refers to. */
export function endNames(
  block: Block,
  attribute: string,
  kind: NameKind,
): { names: EndName[]; notEvaluated: NotEvaluated[] } {
  const [names, missing]: [EndName[], NotEvaluated[]] = [[], []];
  for (const value of block.texts(attribute)) {
    if (!isUnknown(value)) names.push(`${kind}:${value}`);
    else if (value.expression !== undefined) names.push(`${kind}:${value.expression}`);
    if (isUnknown(value) && (value.expression === undefined || value.stands === 'list')) {
      missing.push(unreadAttribute(block, attribute, value));
    }
  }
  return { names, notEvaluated: missing };
}

/** GCP takes tags or accounts, and not both in one rule. */
function checkSelectors(block: Block): void {
  const [tags, accounts] = SELECTORS.map((names) => names.find((name) => block.texts(name).length > 0));
  if (tags === undefined || accounts === undefined) return;
  throw refusal(block.place, 'a firewall must select by tags or by service accounts', `${tags} and ${accounts}`);
}

function actionOf(block: Block): 'allow' | 'deny' {
  const given = (['allow', 'deny'] as const).filter((action) => {
    const blocks = block.blocks(action);
    return isUnknown(blocks) || blocks.length > 0;
  });
  if (given.length === 1) return given[0];
  throw refusal(block.place, 'a firewall must have allow or deny', given.length === 0 ? 'none' : 'both');
}

function networkOf(block: Block, names: GcpNames): string | undefined {
  const network = block.text('network');
  if (network === undefined) throw refusal(block.place, 'network must be a network', 'nothing');
  return names.find(network, block.value('project'));
}

/** Ranges, tags and accounts are alternatives; none of them at all is every IPv4 address. */
function sources(block: Block): Peers {
  const far = allPeers([
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

/** No target at all is every instance of the network. */
function targets(block: Block): { groups: readonly GroupName[]; notEvaluated: readonly NotEvaluated[] } {
  const [tags, accounts] = [
    endNames(block, 'target_tags', 'tag'),
    endNames(block, 'target_service_accounts', 'account'),
  ];
  const groups = [...tags.names, ...accounts.names];
  const missing = [...tags.notEvaluated, ...accounts.notEvaluated];
  return { groups: groups.length + missing.length === 0 ? [ALL_INSTANCES] : groups, notEvaluated: missing };
}

function notEvaluated(missing: readonly NotEvaluated[]): Findings {
  return { rules: [], notEvaluated: missing };
}
