import { AddressFamily } from '../model/address-family';
import { refusal, shown } from '../model/refusal';
import type { Block } from './block';
import { NO_FINDINGS, unreadAttribute, unreadBlock, type Findings } from './findings';
import { CLASSIC_STAGE, directionOf } from './gcp-firewall-rules';
import type { Attachment, GcpNames } from './gcp-names';
import { gcpPorts } from './gcp-ports';
import { ALL_INSTANCES, type EndName, type GroupName } from './names';
import { allPeers, namedPeers, rangePeers } from './peers';
import type { Action, Direction } from './rule';
import { isUnknown } from './unknown-value';

const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];
const ACTIONS: Readonly<Record<string, Action>> = { allow: 'allow', deny: 'deny', goto_next: 'next' };
const FAR_SIDE: Readonly<Record<Direction, { ranges: string; others: readonly string[] }>> = {
  ingress: { ranges: 'src_ip_ranges', others: ['dest_ip_ranges'] },
  egress: { ranges: 'dest_ip_ranges', others: ['src_ip_ranges', 'src_secure_tags'] },
};
/** What a match may have; anything else narrows it in ways that are not addresses. */
const EVALUATED = ['src_ip_ranges', 'dest_ip_ranges', 'src_secure_tags', 'layer4_configs'];

/** Reads a `google_compute_network_firewall_policy_rule`, for each network to which its policy is attached. */
export function readPolicyRule(block: Block, names: GcpNames): Findings {
  const disabled = block.flag('disabled');
  if (disabled === true) return NO_FINDINGS;
  if (isUnknown(disabled)) return { rules: [], notEvaluated: [unreadAttribute(block, 'disabled', disabled)] };
  const direction = directionOf(block.text('direction'), block);
  const priority = block.integer('priority');
  if (isUnknown(priority)) return { rules: [], notEvaluated: [unreadAttribute(block, 'priority', priority)] };
  if (priority === undefined) throw refusal(block.place, 'priority must be a whole number', 'nothing');
  const actionText = block.text('action');
  if (isUnknown(actionText)) return { rules: [], notEvaluated: [unreadAttribute(block, 'action', actionText)] };
  const action = ACTIONS[actionText ?? ''];
  if (action === undefined) return { rules: [], notEvaluated: [unreadBlock(block, `action is ${shown(actionText)}`)] };
  const match = matchOf(block, direction);
  if (typeof match === 'string') return { rules: [], notEvaluated: [unreadBlock(block, match)] };
  const policy = block.text('firewall_policy');
  const name = policy === undefined ? undefined : names.find(policy, block.value('project'));
  if (name === undefined) {
    return { rules: [], notEvaluated: [unreadBlock(block, 'firewall_policy is known only to Terraform')] };
  }
  const attached = names.networksOf(name);
  const description = block.text('description');
  const rules = (attached.length > 0 ? attached : [{ network: `policy ${name}`, isFirst: false }]).map((at) => ({
    address: block.address,
    file: block.file,
    direction,
    network: at.network,
    groups: match.groups,
    peers: match.peers,
    ports: match.ports,
    action,
    precedence: { stage: stageOf(at), priority },
    description: isUnknown(description) ? undefined : description,
  }));
  const loose = attached.length > 0 ? [] : [unreadBlock(block, `the policy ${name} is attached to no network here`)];
  return { rules, notEvaluated: [...match.notEvaluated, ...loose] };
}

function stageOf({ isFirst }: Attachment): number {
  return isFirst ? CLASSIC_STAGE - 1 : CLASSIC_STAGE + 1;
}

interface Match extends ReturnType<typeof allPeers> {
  readonly groups: readonly GroupName[];
  readonly ports: Exclude<ReturnType<typeof gcpPorts>, { reason: string }>;
}

/** What the rule matches, or why that is not known. */
function matchOf(block: Block, direction: Direction): Match | string {
  const blocks = block.blocks('match');
  if (isUnknown(blocks)) return `match is ${blocks.reason}`;
  if (blocks.length !== 1) throw refusal(block.place, 'a policy rule must have one match', String(blocks.length));
  const [match] = blocks;
  const narrowed = narrowing(block, match, direction);
  if (narrowed !== undefined) return narrowed;
  const { ranges } = FAR_SIDE[direction];
  const layers = match.blocks('layer4_configs');
  if (!isUnknown(layers) && layers.length === 0) {
    throw refusal(match.place, 'layer4_configs must have a protocol', 'none');
  }
  const ports = isUnknown(layers) ? layers : gcpPorts(layers, 'ip_protocol');
  if (isUnknown(ports)) return `match.layer4_configs is ${ports.reason}`;
  const tags = secureTags(match, 'src_secure_tags');
  const secure = secureTags(block, 'target_secure_tags');
  const accounts = block.texts('target_service_accounts');
  if (secure !== undefined && secure.length > 0 && accounts.length > 0) {
    throw refusal(block.place, 'a policy rule must select by secure tags or by service accounts', 'both');
  }
  const unknown = [...accounts, ...match.texts(ranges)].find(
    (value) => isUnknown(value) && (value.expression === undefined || value.stands === 'list'),
  );
  if (tags === undefined || secure === undefined || unknown !== undefined) {
    return 'a target or source is known only to Terraform';
  }
  const groups = [
    ...secure,
    ...accounts.map((email): EndName => `account:${isUnknown(email) ? email.expression! : email}`),
  ];
  const far = allPeers([
    rangePeers(match, ranges, match.texts(ranges), BOTH),
    { peers: tags.flatMap(namedPeers), notEvaluated: [] },
  ]);
  if (far.peers.length === 0) return `match.${ranges} is empty`;
  return { ...far, groups: groups.length === 0 ? [ALL_INSTANCES] : groups, ports };
}

/** What narrows the rule in ways that are not the addresses of far ends, or has no meaning in its direction. */
function narrowing(block: Block, match: Block, direction: Direction): string | undefined {
  const given = match.names.filter((name) => name !== '//' && hasValue(match.value(name)));
  const narrowed = given.find((name) => !EVALUATED.includes(name));
  if (narrowed !== undefined) return `match.${narrowed} cannot be evaluated`;
  const wrong = given.find((name) => FAR_SIDE[direction].others.includes(name));
  if (wrong !== undefined) return `match.${wrong} cannot be evaluated in an ${direction} rule`;
  const target = block.text('target_type');
  if (target === undefined || target === 'INSTANCES') return undefined;
  return `target_type is ${isUnknown(target) ? target.reason : shown(target)}`;
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** The names of secure tags; nothing where one of them is not known. */
function secureTags(block: Block, attribute: string): EndName[] | undefined {
  const blocks = block.blocks(attribute);
  if (isUnknown(blocks)) return undefined;
  const names = blocks.map((tag) => tag.text('name'));
  const texts = names.map((name) => (isUnknown(name) ? name.expression : name));
  return texts.includes(undefined) ? undefined : texts.map((text): EndName => `secure-tag:${text!}`);
}
