import { jsonKind, refusal, shown } from '../input';

const PATH = /^((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*(?:\["[^"]*"\])?)((?:\.[A-Za-z_][\w-]*|\[\d+\])+)$/;
const PLACEHOLDER_TEMPLATE = /\$\$\{|%%\{|\$\{([^{}]*)\}/g;
const SELF_LINK = /^https:\/\/[^\s]*\/global\/networks\//;
const TEMPLATE = /\$\{([^{}]*)\}/g;

/** The values that are known after apply: attributes of resources, by Terraform address. */
export type TerraformState = ReadonlyMap<string, unknown>;

/**
 * Reads the JSON that `terraform show -json` prints for a state. Throws for anything else, such as a plan or a `.tfstate` file.
 */
export function readState(place: string, json: unknown): TerraformState {
  const fix = '"terraform show -json > state.json" in the directory of the stack';
  const state = membersOf(json);
  if (typeof state.format_version !== 'string') {
    throw refusal(place, 'state-required', 'the JSON of a Terraform state is needed', kindOf(json), fix);
  }
  if (!state.format_version.startsWith('1.')) {
    throw refusal(
      place,
      'terraform-json-version-unknown',
      'the format_version of a state must be 1',
      shown(state.format_version),
      'to update cluster-ports',
    );
  }
  if ('planned_values' in state) {
    throw refusal(place, 'state-required', 'the JSON of a Terraform state is needed', 'the JSON of a plan', fix);
  }
  const { resources } = membersOf(membersOf(state.values).root_module);
  return new Map(
    (Array.isArray(resources) ? (resources as unknown[]) : []).flatMap((resource) => {
      const { address, values, sensitive_values: sensitive } = membersOf(resource);
      return typeof address === 'string' ? [[address, withoutSecrets(values, sensitive)] as const] : [];
    }),
  );
}

/** Returns what was given instead of a state, in words. */
function kindOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return jsonKind(json);
  if ('lineage' in json && 'serial' in json) return 'a raw state file';
  return '//' in json ? 'a synthesized stack' : jsonKind(json);
}

/** Leaves out what the state marks as sensitive: it must not appear in any output. */
function withoutSecrets(value: unknown, marks: unknown): unknown {
  if (marks === true) return undefined;
  if (typeof value !== 'object' || value === null || typeof marks !== 'object' || marks === null) return value;
  const markOf = (name: string): unknown => memberOf(marks, name);
  if (Array.isArray(value)) return value.map((member, index) => withoutSecrets(member, markOf(String(index))));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutSecrets(member, markOf(name))]),
  );
}

/** Returns the value of an expression in the state, if it is text or a list of texts. */
export function valuesIn(state: TerraformState, expression: string): string[] | undefined {
  const value = expression.includes('${') ? valueIn(state, expression) : attributeIn(state, expression);
  const texts = (Array.isArray(value) ? (value as unknown[]) : [value]).map(plainText);
  return texts.every((text) => text !== undefined) && texts.length > 0 ? texts : undefined;
}

/** Returns the keys of a resource with `for_each` in the state, sorted. */
export function instanceKeys(state: TerraformState, address: string): string[] {
  const keys = [...state.keys()].filter((each) => each.startsWith(`${address}["`) && each.endsWith('"]'));
  return keys.map((each) => JSON.parse(each.slice(address.length + 1, -1)) as string).sort();
}

/** Returns the text of an expression, such as `aws_vpc.main.cidr_block`, or of a template of expressions, if the state has it. */
export function valueIn(state: TerraformState, expression: string): string | undefined {
  if (!expression.includes('${')) return plainText(attributeIn(state, expression));
  let isWhole = true;
  const text = expression.replace(TEMPLATE, (_all, inner: string) => {
    const value = plainText(attributeIn(state, inner.trim()));
    if (value === undefined) isWhole = false;
    return value ?? '';
  });
  return isWhole ? text : undefined;
}

/** Returns the placeholder of a value that is not known yet, as in the vendors' forms: `<IP ranges of the workers>`. */
export function placeholder(text: string): string {
  return `<${text}>`;
}

/** Returns synthesized text in readable form: without escapes, and with values from the state or placeholders for expressions. */
export function readableText(text: string, state?: TerraformState): string {
  return text.replace(PLACEHOLDER_TEMPLATE, (all, expression?: string) => {
    if (expression === undefined) return all.slice(1);
    return (state && valueIn(state, expression)) ?? placeholder(expression);
  });
}

/**
 * Returns an expression or a template of expressions with placeholders: `<aws_vpc.main.cidr_block>`,
 * `<aws_eip.nat.public_ip>/32`.
 */
export function referenceText(expression: string): string {
  return expression.includes('${') ? readableText(expression) : placeholder(expression);
}

/** Returns text about a network with its name in place of its self link. */
export function networkText(text: string, state?: TerraformState): string {
  return readableText(text, state)
    .split(' ')
    .map((word) => word.replace(SELF_LINK, ''))
    .join(' ');
}

function attributeIn(state: TerraformState, expression: string): unknown {
  const [, address, rest] = PATH.exec(expression) ?? [];
  if (address === undefined) return undefined;
  const [, index = '', attributes] = /^(\[\d+\])?(.*)$/.exec(rest)!;
  const steps = attributes.match(/[A-Za-z_][\w-]*|\d+/g) ?? [];
  return steps.reduce<unknown>((part, step) => memberOf(part, step), state.get(address + index));
}

function plainText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

function memberOf(part: unknown, step: string): unknown {
  return typeof part === 'object' && part !== null && Object.hasOwn(part, step)
    ? (part as Record<string, unknown>)[step]
    : undefined;
}

/** Returns the members of an object. Other values have none of the members that callers read. */
function membersOf(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}
