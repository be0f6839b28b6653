import { addTo } from '../../../input';
import type { AclRule, NetworkAcl } from '../../network-acl';
import type { Direction } from '../../rule';
import { type Block, isUnknown, type Resource, Unreadable } from '../../terraform';
import { type AclRuleNames, readAclRule } from './acl-rules';
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

/** Rules of one network ACL, and why some of them could not be read. */
interface ReadRules {
  readonly rules: Readonly<Record<Direction, Map<string, AclRule>>>;
  unknown?: string;
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
      const { rules, unknown } = readRules(resource?.block, separate.get(name) ?? []);
      const sorted = (direction: Direction): AclRule[] =>
        [...rules[direction].values()].sort((a, b) => a.number - b.number);
      const missing = unknown ?? (resource === undefined ? NOT_CREATED : undefined);
      const file = resource?.block.file ?? separate.get(name)![0].file;
      const acl = { file, name, rules: { ingress: sorted('ingress'), egress: sorted('egress') } };
      return [name, { ...acl, ...(missing !== undefined && { unknown: missing }), ...(resource && { resource }) }];
    }),
  );
}

/** Reads the inline and the separate rules of a network ACL. States list separate rules in the ACL too. */
function readRules(acl: Block | undefined, separate: readonly Block[]): ReadRules {
  const read: ReadRules = { rules: { ingress: new Map(), egress: new Map() } };
  for (const direction of DIRECTIONS) {
    const blocks = acl?.blocks(direction) ?? [];
    if (!isUnknown(blocks)) blocks.forEach((block) => addRule(read, direction, { block, names: INLINE }));
    // a new ACL without inline rules has them only after its apply, and they are the separate ones
    else if (separate.length === 0) read.unknown ??= `${direction} is ${blocks.reason}`;
  }
  for (const block of separate) {
    const egress = block.flag('egress');
    if (isUnknown(egress)) read.unknown ??= `egress of ${block.address} is ${egress.reason}`;
    else addRule(read, egress === true ? 'egress' : 'ingress', { block, names: SEPARATE });
  }
  return read;
}

function addRule(
  read: ReadRules,
  direction: Direction,
  { block, names }: { readonly block: Block; readonly names: AclRuleNames },
): void {
  try {
    const rule = readAclRule(block, names);
    if ('unknown' in rule) read.unknown ??= `${rule.unknown} in ${block.address}`;
    else read.rules[direction].set(`${rule.number} ${rule.family}`, rule);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    read.unknown ??= `${block.address} could not be read: ${error.reason}`;
  }
}
