import { refusal, shown } from './refusal';

const PATH = /^((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*(?:\["[^"]*"\])?)((?:\.[A-Za-z_][\w-]*|\[\d+\])+)$/;
const TEMPLATE = /\$\{([^{}]*)\}/g;

/** What Terraform knows after an apply: the attributes of resources by their addresses. */
export type TerraformState = ReadonlyMap<string, unknown>;

/** Reads the JSON that `terraform show -json` prints of a state. */
export function readState(place: string, json: unknown): TerraformState {
  const fix = '"terraform show -json > state.json" in the directory of the stack';
  const state = membersOf(json);
  if (typeof state.format_version !== 'string') {
    throw refusal(place, 'the JSON of a Terraform state is needed', shown(json), fix);
  }
  if (!state.format_version.startsWith('1.')) {
    throw refusal(place, 'format_version of a state must be 1', shown(state.format_version), 'a newer cluster-ports');
  }
  if ('planned_values' in state) throw refusal(place, 'the JSON of a Terraform state is needed', 'that of a plan', fix);
  const { resources } = membersOf(membersOf(state.values).root_module);
  return new Map(
    (Array.isArray(resources) ? (resources as unknown[]) : []).flatMap((resource) => {
      const { address, values } = membersOf(resource);
      return typeof address === 'string' ? [[address, values] as const] : [];
    }),
  );
}

/** The texts that an expression stands for, if a state has a list of texts, or one text, under it. */
export function valuesIn(state: TerraformState, expression: string): string[] | undefined {
  const value = expression.includes('${') ? valueIn(state, expression) : attributeIn(state, expression);
  const texts = (Array.isArray(value) ? (value as unknown[]) : [value]).map(plainText);
  return texts.every((text) => text !== undefined) && texts.length > 0 ? texts : undefined;
}

/** The keys of the instances that a state has of a resource with `for_each`, sorted. */
export function instanceKeys(state: TerraformState, address: string): string[] {
  const keys = [...state.keys()].filter((each) => each.startsWith(`${address}["`) && each.endsWith('"]'));
  return keys.map((each) => JSON.parse(each.slice(address.length + 1, -1)) as string).sort();
}

/** The text that an expression stands for, if a state has it: `aws_vpc.main.cidr_block`, or a template around such. */
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

/** The members of an object; anything else has none that a state has. */
function membersOf(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}
