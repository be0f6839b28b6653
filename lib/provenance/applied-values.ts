import type { TerraformState } from './terraform-state';

type Members = Readonly<Record<string, unknown>>;

const EXPRESSION = /\$\{([^{}]*)\}/g;
const VARIABLE = /^var\.([\w-]+)$/;
const DATA = /^data(?:\.[\w-]+){3,}$/;
const ATTRIBUTE = /^([a-z][\w]*_\w+)\.([\w-]+)\.([\w-]+)$/;
/** Attributes by which rules name a resource. They are the same resource before and after apply. */
const IDENTITIES = ['id', 'arn', 'self_link', 'name', 'email'];
/** Resources that rules may also name by an id, which only Terraform knows. */
const NAMED_BY_ID = ['aws_security_group', 'aws_default_security_group', 'aws_ec2_managed_prefix_list'];
/** A reference, such as `var.office`. */
const REFERENCE = /[A-Za-z_][\w-]*(?:\.[\w-]+)+/g;
/** Data sources of prefix lists, and what AWS returns for them. */
const LISTS = ['aws_ec2_managed_prefix_list', 'aws_prefix_list'];
const OF_LIST = ['id', 'name', 'address_family', 'entries', 'cidr_blocks'];
/** Arguments that repeat a resource. The values of its instances differ. */
const REPEATING = ['count', 'for_each'];

/**
 * Returns a synthesized stack in which attributes of resources that only Terraform knows have the values that a state has for them.
 *
 * What the file says stays, because a state may be older: literal values, variables with a default, and names of resources of the file. So
 * does what the provenance has too, because it is compared as it is written. Security groups and prefix lists have their ids, by which
 * values of the state name them. Data sources of prefix lists have their entries.
 */
export function withAppliedValues(json: unknown, state: TerraformState): unknown {
  const stack = membersOf(json);
  const provenance = JSON.stringify(membersOf(membersOf(stack['//']).metadata).clusterPorts ?? '');
  const ofProvenance = new Set(provenance.match(REFERENCE));
  const isApplied = (expression: string): boolean =>
    isKnownAfterApply(expression.trim(), stack) && !ofProvenance.has(expression.trim());
  const applied = (resource: Members, type: string, address: string): unknown => {
    const values = state.get(address);
    if (values === undefined || REPEATING.some((name) => resource[name] !== undefined)) return resource;
    const { id } = membersOf(values);
    const named = typeof id === 'string' && NAMED_BY_ID.includes(type) ? { ...resource, id } : resource;
    return mapped(named, (value, attribute) => {
      const expressions = expressionsIn(value);
      if (attribute === '//' || expressions.length === 0 || !expressions.every(isApplied)) return value;
      return membersOf(values)[attribute] ?? value;
    });
  };
  const lists = mapped(membersOf(stack.data), (ofType, type) =>
    LISTS.includes(type)
      ? mapped(membersOf(ofType), (list, name) => withEntries(membersOf(list), state.get(`data.${type}.${name}`)))
      : ofType,
  );
  return {
    ...stack,
    ...(stack.data !== undefined && { data: lists }),
    resource: mapped(membersOf(stack.resource), (ofType, type) =>
      mapped(membersOf(ofType), (resource, name) => applied(membersOf(resource), type, `${type}.${name}`)),
    ),
  };
}

/** Returns the data source of a prefix list with the id and the IP ranges that AWS has for it. */
function withEntries(list: Members, values: unknown): Members {
  if (values === undefined || REPEATING.some((name) => list[name] !== undefined)) return list;
  const found = Object.entries(membersOf(values)).filter(([name, value]) => OF_LIST.includes(name) && value !== null);
  return { ...list, ...Object.fromEntries(found) };
}

/** Whether only Terraform knows the value of an expression. */
function isKnownAfterApply(expression: string, { variable, resource }: Members): boolean {
  const [, name] = VARIABLE.exec(expression) ?? [];
  if (name !== undefined) return membersOf(membersOf(variable)[name]).default === undefined;
  if (DATA.test(expression)) return true;
  const [, type, id, attribute] = ATTRIBUTE.exec(expression) ?? [];
  if (type === undefined || IDENTITIES.includes(attribute)) return false;
  const written = membersOf(membersOf(resource)[type])[id];
  return written !== undefined && membersOf(written)[attribute] === undefined;
}

function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(EXPRESSION)].map(([, expression]) => expression);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}

function mapped(members: Members, change: (value: unknown, name: string) => unknown): Members {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(value, name)]));
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
