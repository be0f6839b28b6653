import type { Instance } from './plan-instances';
import type { Direction } from './rule';

const DIRECTIONS: Readonly<Record<string, Direction | undefined>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
};

/** Security groups, by id, that have rules of their own beside them: in states the group repeats these, as the cloud does. */
export class ExternalRules {
  private readonly known: ReadonlySet<string>;

  constructor(instances: readonly Instance[]) {
    this.known = new Set(
      instances.flatMap(({ type, values }) => {
        const direction = type === 'aws_security_group_rule' ? values.type : DIRECTIONS[type];
        const id = values.security_group_id;
        return typeof id === 'string' && typeof direction === 'string' ? [`${id} ${direction}`] : [];
      }),
    );
  }

  /** Whether rules of a direction stand beside a group. */
  public has(id: unknown, direction: string): boolean {
    return typeof id === 'string' && this.known.has(`${id} ${direction}`);
  }
}
