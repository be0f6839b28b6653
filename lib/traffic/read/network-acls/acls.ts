import { addTo } from '../../../input';
import type { AclRule, NetworkAcl, UncertainAclRule } from '../../network-acl';
import type { Direction } from '../../rule';
import { Block, isUnknown, type Resource, UnknownValue, Unreadable } from '../../terraform';
import { type AclRuleNames, readAclRule, uncertainRules } from './acl-rules';
import type { ResourceNames } from './resource-names';

const ACL = 'aws_network_acl';
const DEFAULT_ACL = 'aws_default_network_acl';
const RULE = 'aws_network_acl_rule';
/** The types of network ACLs. */
export const ACLS: readonly string[] = [ACL, DEFAULT_ACL];

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
const INLINE: AclRuleNames = { number: 'rule_no', action: 'action' };
const SEPARATE: AclRuleNames = { number: 'rule_number', action: 'rule_action' };

const NOT_CREATED = 'these files do not create it, and may lack some of its rules';

/** Rules of one network ACL, and those of which something is not known. */
interface ReadRules {
  readonly rules: Readonly<Record<Direction, Map<string, AclRule>>>;
  readonly uncertain: Readonly<Record<Direction, UncertainAclRule[]>>;
}

/** Reads the network ACLs of a configuration, by their names, with the rules that are resources of their own. */
export function networkAcls(
  resources: readonly Resource[],
  names: ResourceNames,
): ReadonlyMap<string, NetworkAcl & { readonly resource?: Resource }> {
  const created = new Map(resources.flatMap((one) => (ACLS.includes(one.type) ? [[one.block.address, one]] : [])));
  const separate = new Map<string, Block[]>();
  for (const { type, block } of resources) {
    if (type !== RULE) continue;
    const [name] = names.namesIn(block, 'network_acl_id');
    if (name !== undefined) addTo(separate, name, block);
  }
  const all = new Set([...created.keys(), ...separate.keys()]);
  return new Map(
    [...all].map((name) => {
      const resource = created.get(name);
      const { rules, uncertain } = readRules(resource?.block, separate.get(name) ?? []);
      const sorted = (direction: Direction): AclRule[] =>
        [...rules[direction].values()].sort((a, b) => a.number - b.number);
      const missing = resource === undefined ? NOT_CREATED : undefined;
      const file = resource?.block.file ?? separate.get(name)![0].file;
      const acl = { file, name, rules: { ingress: sorted('ingress'), egress: sorted('egress') }, uncertain };
      return [name, { ...acl, ...(missing !== undefined && { unknown: missing }), ...(resource && { resource }) }];
    }),
  );
}

/** Reads the inline and the separate rules of a network ACL. States list separate rules in the ACL too. */
function readRules(acl: Block | undefined, separate: readonly Block[]): ReadRules {
  const read: ReadRules = {
    rules: { ingress: new Map(), egress: new Map() },
    uncertain: { ingress: [], egress: [] },
  };
  for (const direction of DIRECTIONS) {
    const blocks = acl?.blocks(direction) ?? [];
    if (!isUnknown(blocks)) blocks.forEach((block) => addRule(read, direction, { block, names: INLINE }));
    // a new ACL without inline rules has them only after its apply, and they are the separate ones
    else if (separate.length === 0) {
      read.uncertain[direction].push(...uncertainRules(nothingKnown(acl!), INLINE, `${direction} is ${blocks.reason}`));
    }
  }
  for (const block of separate) {
    const egress = block.flag('egress');
    const directions = isUnknown(egress) ? DIRECTIONS : [egress === true ? ('egress' as const) : ('ingress' as const)];
    const reason = isUnknown(egress) ? `egress of ${block.address} is ${egress.reason}` : undefined;
    for (const direction of directions) addRule(read, direction, { block, names: SEPARATE }, reason);
  }
  return read;
}

/** Returns a rule of which nothing is known. */
function nothingKnown({ address, file }: Block): Block {
  return new Block(address, file, () => new UnknownValue(undefined, 'not known'));
}

/** Adds a rule; `reason` is why it may not be one of the direction. */
function addRule(
  read: ReadRules,
  direction: Direction,
  { block, names }: { readonly block: Block; readonly names: AclRuleNames },
  reason?: string,
): void {
  try {
    const rule = readAclRule(block, names);
    const unknown = 'unknown' in rule ? `${rule.unknown} in ${block.address}` : reason;
    if (unknown !== undefined) read.uncertain[direction].push(...uncertainRules(block, names, unknown));
    else if (!('unknown' in rule)) read.rules[direction].set(`${rule.number} ${rule.family}`, rule);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const unread = `${block.address} could not be read: ${error.reason}`;
    read.uncertain[direction].push(...uncertainRules(nothingKnown(block), names, unread));
  }
}
