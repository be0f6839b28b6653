import { instanceKeys, valuesIn, type TerraformState } from '../model/terraform-state';
import { placeholder, readableText } from '../model/terraform-text';
import type { Attributes } from '../model/read-stack';

const WHOLE = /^\$\{(.*)\}$/s;
const SET = /^toset\((.*)\)$/s;
const CONCAT = /^concat\((.*)\)$/s;
/** What the framework joins lists of: some in text, and some that Terraform knows. */
const PART = /\[((?:"(?:[^"\\]|\\.)*"|[\w.-]+|, )*)\]|tolist\(([^()]*)\)/g;
const MEMBER = /"(?:[^"\\]|\\.)*"|[\w.-]+/g;
/** How a rule for each range of a list is written. */
const EACH_OF = /^toset\(\(length\((.*)\) >= 1\) \? tolist\(\1\) : \[""\]\)$/s;
const EACH_VALUE = '${each.value}';

/** The members of a list that is an expression; what is not known is a placeholder, and never left out. */
export function listMembers(text: string, state: TerraformState | undefined): string[] {
  const [, expression] = WHOLE.exec(text) ?? [];
  if (expression === undefined) return [readableText(text, state)];
  const [, inSet = expression] = SET.exec(expression) ?? [];
  const [, parts] = CONCAT.exec(inSet) ?? [];
  const matches = [...(parts ?? '').matchAll(PART)];
  // what the framework writes in another way is shown as it is
  if (parts === undefined || matches.map(([all]) => all).join(', ') !== parts) return membersOf(inSet, state);
  return matches.flatMap(([, literal, list]) => {
    if (literal === undefined) return membersOf(list, state);
    return (literal.match(MEMBER) ?? []).flatMap((member) =>
      member.startsWith('"') ? [readableText(JSON.parse(member) as string, state)] : membersOf(member, state),
    );
  });
}

/** The rules that Terraform makes of a resource: itself, or one for each member of a list. */
export function instancesOf(address: string, attributes: Attributes, state: TerraformState | undefined): Attributes[] {
  if (typeof attributes.for_each !== 'string') return [attributes];
  const [, each = attributes.for_each] = WHOLE.exec(attributes.for_each) ?? [];
  const [, list = each] = EACH_OF.exec(each) ?? [];
  const keys = state ? instanceKeys(state, address) : [];
  const members = keys.length > 0 ? keys : membersOf(list, state);
  return members.map((member) =>
    Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, value === EACH_VALUE ? escaped(member) : value]),
    ),
  );
}

function membersOf(expression: string, state: TerraformState | undefined): string[] {
  return (state && valuesIn(state, expression)) ?? [placeholder(expression)];
}

function escaped(text: string): string {
  return text.replaceAll('${', '$${').replaceAll('%{', '%%{');
}
