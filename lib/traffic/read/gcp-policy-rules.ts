import { refusal, shown } from '../../input';
import { AddressFamily } from '../../net';
import { type Action, ALL_INSTANCES, type Direction, type EndName, type GroupName } from '../rule';
import { type Block, isUnknown } from '../terraform';
import { directionOf, FIREWALL_STAGE, gcpPorts } from './gcp-firewall-rules';
import type { Attachment, GcpNames } from './gcp-names';
import {
  attributeNotEvaluated,
  blockNotEvaluated,
  joinedPeers,
  namedPeers,
  NO_RULES,
  rangePeers,
  type ReadResult,
} from './peers';

const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];
const ACTIONS: Readonly<Record<string, Action>> = { allow: 'allow', deny: 'deny', goto_next: 'next' };
const FAR_SIDE: Readonly<Record<Direction, { ranges: string; notEvaluated: readonly string[] }>> = {
  ingress: { ranges: 'src_ip_ranges', notEvaluated: ['dest_ip_ranges'] },
  egress: { ranges: 'dest_ip_ranges', notEvaluated: ['src_ip_ranges', 'src_secure_tags'] },
};
/** The parts of a match that are evaluated; all other parts narrow it by something other than IP addresses. */
const EVALUATED = ['src_ip_ranges', 'dest_ip_ranges', 'src_secure_tags', 'layer4_configs'];

/** Reads a `google_compute_network_firewall_policy_rule`, once for each network that its policy is attached to. */
export function readPolicyRule(block: Block, names: GcpNames): ReadResult {
  const disabled = block.flag('disabled');
  if (disabled === true) return NO_RULES;
  if (isUnknown(disabled)) return { rules: [], notEvaluated: [attributeNotEvaluated(block, 'disabled', disabled)] };
  const direction = directionOf(block.text('direction'), block);
  const priority = block.integer('priority');
  if (isUnknown(priority)) return { rules: [], notEvaluated: [attributeNotEvaluated(block, 'priority', priority)] };
  if (priority === undefined) {
    throw refusal(block.place, 'priority-invalid', 'priority must be a whole number', 'nothing');
  }
  const actionText = block.text('action');
  if (isUnknown(actionText)) return { rules: [], notEvaluated: [attributeNotEvaluated(block, 'action', actionText)] };
  const action = ACTIONS[actionText ?? ''];
  if (action === undefined) {
    return { rules: [], notEvaluated: [blockNotEvaluated(block, `action is ${shown(actionText)}`)] };
  }
  const match = matchOf(block, direction);
  if (typeof match === 'string') return { rules: [], notEvaluated: [blockNotEvaluated(block, match)] };
  const policy = block.text('firewall_policy');
  const name = policy === undefined ? undefined : names.find(policy, block.value('project'));
  if (name === undefined) {
    return { rules: [], notEvaluated: [blockNotEvaluated(block, 'firewall_policy is known after apply')] };
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
  const unattached =
    attached.length > 0
      ? []
      : [blockNotEvaluated(block, `this configuration does not attach the policy ${name} to a network`)];
  return { rules, notEvaluated: [...match.notEvaluated, ...unattached] };
}

function stageOf({ isFirst }: Attachment): number {
  return isFirst ? FIREWALL_STAGE - 1 : FIREWALL_STAGE + 1;
}

interface Match extends ReturnType<typeof joinedPeers> {
  readonly groups: readonly GroupName[];
  readonly ports: Exclude<ReturnType<typeof gcpPorts>, { reason: string }>;
}

/** Returns what the rule matches, or the reason why it cannot be evaluated. */
function matchOf(block: Block, direction: Direction): Match | string {
  const blocks = block.blocks('match');
  if (isUnknown(blocks)) return `match is ${blocks.reason}`;
  if (blocks.length !== 1) {
    throw refusal(
      block.place,
      'rule-match-invalid',
      'a policy rule must have exactly one match',
      String(blocks.length),
    );
  }
  const [match] = blocks;
  const reason = narrowing(block, match, direction);
  if (reason !== undefined) return reason;
  const { ranges } = FAR_SIDE[direction];
  const layers = match.blocks('layer4_configs');
  if (!isUnknown(layers) && layers.length === 0) {
    throw refusal(match.place, 'rule-match-invalid', 'layer4_configs must have a protocol', 'none');
  }
  const ports = isUnknown(layers) ? layers : gcpPorts(layers, 'ip_protocol');
  if (isUnknown(ports)) return `match.layer4_configs is ${ports.reason}`;
  const tags = secureTags(match, 'src_secure_tags');
  const secure = secureTags(block, 'target_secure_tags');
  const accounts = block.texts('target_service_accounts');
  if (secure !== undefined && secure.length > 0 && accounts.length > 0) {
    const need = 'a policy rule must select either by secure tags or by service accounts';
    throw refusal(block.place, 'tags-and-accounts-mixed', need, 'both');
  }
  const unknown = [...accounts, ...match.texts(ranges)].find(
    (value) => isUnknown(value) && (value.expression === undefined || value.count === 'any'),
  );
  if (tags === undefined || secure === undefined || unknown !== undefined) {
    return 'a target or source is known after apply';
  }
  const groups = [
    ...secure,
    ...accounts.map((email): EndName => `account:${isUnknown(email) ? email.expression! : email}`),
  ];
  const far = joinedPeers([
    rangePeers(match, ranges, match.texts(ranges), BOTH),
    { peers: tags.flatMap(namedPeers), notEvaluated: [] },
  ]);
  if (far.peers.length === 0) return `match.${ranges} is empty`;
  return { ...far, groups: groups.length === 0 ? [ALL_INSTANCES] : groups, ports };
}

/** Returns the reason why a rule cannot be evaluated: it is narrowed by something that is not evaluated, or not in its direction. */
function narrowing(block: Block, match: Block, direction: Direction): string | undefined {
  const given = match.names.filter((name) => name !== '//' && hasValue(match.value(name)));
  const narrowed = given.find((name) => !EVALUATED.includes(name));
  if (narrowed !== undefined) return `match.${narrowed} cannot be evaluated`;
  const wrong = given.find((name) => FAR_SIDE[direction].notEvaluated.includes(name));
  if (wrong !== undefined) return `match.${wrong} cannot be evaluated in an ${direction} rule`;
  const target = block.text('target_type');
  if (target === undefined || target === 'INSTANCES') return undefined;
  return `target_type is ${isUnknown(target) ? target.reason : shown(target)}`;
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Returns the names of secure tags; nothing if one of them is not known. */
function secureTags(block: Block, attribute: string): EndName[] | undefined {
  const blocks = block.blocks(attribute);
  if (isUnknown(blocks)) return undefined;
  const names = blocks.map((tag) => tag.text('name'));
  const texts = names.map((name) => (isUnknown(name) ? name.expression : name));
  return texts.includes(undefined) ? undefined : texts.map((text): EndName => `secure-tag:${text!}`);
}
