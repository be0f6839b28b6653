import { shown } from '../../input';
import type { NotEvaluated } from '../configuration';
import { AddressFamily } from '../../net';
import { type Action, ALL_INSTANCES, type Direction, type EndName, type GroupName } from '../rule';
import { type Block, isUnknown, type UnknownValue, unreadable } from '../terraform';
import { exactHost, hostPeers } from './hostnames';
import { directionOf, FIREWALL_STAGE, gcpPorts } from './gcp-firewall-rules';
import type { Attachment, GcpNames } from './gcp-names';
import {
  attributeNotEvaluated,
  blockNotEvaluated,
  joinedPeers,
  namedPeers,
  NO_PEERS,
  NO_RULES,
  rangePeers,
  type ReadResult,
} from './peers';

/** The beginning of the reason why it is not known where a policy applies. */
export const NOT_ATTACHED = 'this configuration does not attach the policy';
/** The exact hostnames to which a rule applies. */
const FQDNS = 'dest_fqdns';
const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];
const ACTIONS: Readonly<Record<string, Action>> = { allow: 'allow', deny: 'deny', goto_next: 'next' };
const FAR_SIDE: Readonly<Record<Direction, { ranges: string; notEvaluated: readonly string[] }>> = {
  ingress: { ranges: 'src_ip_ranges', notEvaluated: ['dest_ip_ranges', FQDNS] },
  egress: { ranges: 'dest_ip_ranges', notEvaluated: ['src_ip_ranges', 'src_secure_tags'] },
};
/** The parts of a match that are evaluated; all other parts narrow it by something other than IP addresses. */
const EVALUATED = ['src_ip_ranges', 'dest_ip_ranges', 'src_secure_tags', 'layer4_configs', FQDNS];

/** Reads a `google_compute_network_firewall_policy_rule`, once for each network that its policy is attached to. */
export function readPolicyRule(block: Block, names: GcpNames): ReadResult {
  const disabled = block.flag('disabled');
  if (disabled === true) return NO_RULES;
  const [direction, actionText] = [block.text('direction'), block.text('action')];
  if (isUnknown(direction)) return refused(attributeNotEvaluated(block, 'direction', direction));
  if (isUnknown(actionText)) return refused(attributeNotEvaluated(block, 'action', actionText));
  const action = ACTIONS[actionText ?? ''];
  if (action === undefined) return refused(blockNotEvaluated(block, `action is ${shown(actionText)}`));
  const match = matchOf(block, directionOf(direction));
  const peers = typeof match === 'string' ? [] : match.peers;
  const known = { action, direction: directionOf(direction), peers };
  if (typeof match === 'string') return refused({ ...blockNotEvaluated(block, match), known });
  if (action !== 'allow' && peers.some(({ name }) => name.startsWith('host:'))) {
    // it denies the IP addresses of the hostnames, and other hostnames may have the same ones
    return refused({
      ...blockNotEvaluated(block, `match.${FQDNS} cannot be evaluated in a rule that does not allow`),
      known,
    });
  }
  if (isUnknown(disabled)) return refused({ ...attributeNotEvaluated(block, 'disabled', disabled), known });
  const priority = block.integer('priority');
  if (isUnknown(priority)) return refused({ ...attributeNotEvaluated(block, 'priority', priority), known });
  if (priority === undefined) throw unreadable('priority must be a whole number', 'nothing');
  const policy = block.text('firewall_policy');
  const name = policy === undefined ? undefined : names.find(policy, block.value('project'));
  if (name === undefined) {
    return refused({ ...blockNotEvaluated(block, 'firewall_policy is known after apply'), known });
  }
  const attached = names.networksOf(name);
  const description = block.text('description');
  const rules = (attached.length > 0 ? attached : [{ network: `policy ${name}`, isFirst: false }]).map((at) => ({
    address: block.address,
    file: block.file,
    direction: directionOf(direction),
    network: at.network,
    groups: match.groups,
    peers: match.peers,
    ports: match.ports,
    action,
    precedence: { stage: stageOf(at), priority },
    description: isUnknown(description) ? undefined : description,
  }));
  const reason = `${NOT_ATTACHED} ${name} to a network`;
  const unattached = attached.length > 0 ? [] : [{ ...blockNotEvaluated(block, reason), known }];
  return { rules, notEvaluated: [...match.notEvaluated, ...unattached] };
}

function refused(missing: NotEvaluated): ReadResult {
  return { rules: [], notEvaluated: [missing] };
}

function stageOf({ isFirst }: Attachment): number {
  return isFirst ? FIREWALL_STAGE - 1 : FIREWALL_STAGE + 1;
}

interface Match extends ReturnType<typeof joinedPeers> {
  readonly groups: readonly GroupName[];
  readonly ports: ReturnType<typeof gcpPorts>['ports'];
}

/** Returns what the rule matches, or the reason why it cannot be evaluated. */
function matchOf(block: Block, direction: Direction): Match | string {
  const blocks = block.blocks('match');
  if (isUnknown(blocks)) return `match is ${blocks.reason}`;
  if (blocks.length !== 1) {
    throw unreadable('a policy rule must have exactly one match', String(blocks.length));
  }
  const [match] = blocks;
  const reason = narrowing(block, match, direction);
  if (reason !== undefined) return reason;
  const { ranges } = FAR_SIDE[direction];
  const layers = match.blocks('layer4_configs');
  if (!isUnknown(layers) && layers.length === 0) {
    throw unreadable('layer4_configs must have a protocol', 'none');
  }
  if (isUnknown(layers)) return `match.layer4_configs is ${layers.reason}`;
  const { ports, unknown: unknownPorts } = gcpPorts(layers, 'ip_protocol');
  const [first] = unknownPorts;
  if (first !== undefined && ports.length === 0) return `match.layer4_configs is ${first.reason}`;
  const tags = secureTags(match, 'src_secure_tags');
  const groups = targetsOf(block);
  const unknown = match.texts(ranges).find((value) => isUncertain(value));
  if (tags === undefined || groups === undefined || unknown !== undefined) {
    return 'a target or source is known after apply';
  }
  const hosts = match.texts(FQDNS);
  if (hosts.length > 0 && match.texts(ranges).length > 0) {
    return `match.${FQDNS} beside match.${ranges} cannot be evaluated`;
  }
  const far = joinedPeers([
    rangePeers(match, ranges, match.texts(ranges), BOTH),
    hosts.length === 0 ? NO_PEERS : hostPeers(match, FQDNS, { hostsIn: exactHost }),
    { peers: tags.flatMap(namedPeers), notEvaluated: [] },
  ]);
  if (far.peers.length === 0) return `match.${ranges} is empty`;
  return {
    peers: far.peers,
    notEvaluated: [
      ...far.notEvaluated,
      ...unknownPorts.map((value) => attributeNotEvaluated(block, 'match.layer4_configs', value)),
    ],
    groups,
    ports,
  };
}

/** Whether a value is not known, or may be more than the value that it refers to. */
function isUncertain(value: string | UnknownValue): boolean {
  return isUnknown(value) && (value.expression === undefined || value.count === 'any');
}

/** Returns the machines that a rule applies to; nothing if some of them are not known. */
function targetsOf(block: Block): readonly GroupName[] | undefined {
  const secure = secureTags(block, 'target_secure_tags');
  const accounts = block.texts('target_service_accounts');
  if (secure !== undefined && secure.length > 0 && accounts.length > 0) {
    throw unreadable('a policy rule must select either by secure tags or by service accounts', 'both');
  }
  if (secure === undefined || accounts.some((account) => isUncertain(account))) return undefined;
  const emails = accounts.map((email): EndName => `account:${isUnknown(email) ? email.expression! : email}`);
  const groups = [...secure, ...emails];
  return groups.length === 0 ? [ALL_INSTANCES] : groups;
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
