import type { Direction } from '../rule';
import type { Instance } from './plan-instances';
import type { JsonObject } from './terraform-json';

const DIRECTIONS = ['ingress', 'egress'];
const RULE_DIRECTIONS: Readonly<Record<string, Direction | undefined>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
};

const PREFIX_LIST_ENTRY = 'aws_ec2_managed_prefix_list_entry';
const NETWORK_ACLS = ['aws_network_acl', 'aws_default_network_acl'];

/**
 * The rules of security groups and network ACLs, and the entries of prefix lists, that are separate resources. States list them in the
 * groups, ACLs and lists too, from the next refresh on.
 */
export class SeparateRules {
  private readonly known: ReadonlySet<string>;

  constructor(instances: readonly Instance[]) {
    this.known = new Set(instances.flatMap(placeOf));
  }

  /** Whether a security group has separate rules of a direction, or a prefix list a separate `entry`. */
  public has(id: unknown, attribute: string): boolean {
    return typeof id === 'string' && this.known.has(`${id} ${attribute}`);
  }

  /** Returns the rules of a network ACL that no separate resource makes, by the attributes that list them. */
  public withoutThem({ type, values }: Instance, isLeftOut: (attribute: string) => boolean): JsonObject {
    if (!NETWORK_ACLS.includes(type)) return {};
    const listing = DIRECTIONS.filter((direction) => isLeftOut(direction) && Array.isArray(values[direction]));
    return Object.fromEntries(
      listing.map((direction) => {
        const rules = values[direction] as (JsonObject | null)[];
        const isOwn = (rule: JsonObject | null): boolean =>
          !this.known.has(`${String(values.id)} ${direction} ${String(rule?.rule_no)}`);
        return [direction, rules.filter(isOwn)];
      }),
    );
  }
}

/** Returns where a rule or an entry is: its group and direction, for a network ACL also its number, or its prefix list. */
function placeOf({ type, values }: Instance): string[] {
  if (type === 'aws_network_acl_rule') {
    const direction = values.egress === true ? 'egress' : 'ingress';
    return [`${String(values.network_acl_id)} ${direction} ${String(values.rule_number)}`];
  }
  if (type === PREFIX_LIST_ENTRY) return [`${String(values.prefix_list_id)} entry`];
  const direction = type === 'aws_security_group_rule' ? values.type : RULE_DIRECTIONS[type];
  const id = values.security_group_id;
  return typeof id === 'string' && typeof direction === 'string' ? [`${id} ${direction}`] : [];
}
