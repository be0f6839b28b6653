import type { Construct } from 'constructs';
import { holdsToken, isListToken, refusal, shown } from '../input';
import { checkTokens } from './created-tokens';
import { coreOf } from './framework';

const BRACES = /^\$\{([^{}]*)\}$/;
const LOOP_VALUE = /\b(?:each\.(?:key|value)|count\.index)\b/;

/** What a token resolves to. */
export interface Reference {
  /** The Terraform expression, such as `aws_vpc.main.cidr_block`, or plain text if the token resolves to it. */
  readonly expression: string;
  /** Whether the expression is plain text. */
  readonly isText: boolean;
  /** The stack to which the expression belongs. */
  readonly stack: Construct;
}

/**
 * Resolves a token without changing the app.
 *
 * Throws if the token has no value yet, or a different value for each instance of a loop.
 */
export function referenceOf(value: string, stack: Construct, place: string, fix?: string): Reference {
  const { text, owner } = resolve(value, stack, place);
  if (text === undefined || text === '') {
    const need = 'a value known after apply must refer to a resource or variable, because rules are named after it';
    throw refusal(place, 'value-not-available', need, 'a token without a value', fix);
  }
  return { expression: text.replace(BRACES, '$1'), isText: !text.includes('${'), stack: owner };
}

/** Returns the plain text to which a token resolves. Returns nothing if it resolves to an expression. */
export function textOf(value: string, stack: Construct, place: string): string | undefined {
  const { text } = resolve(value, stack, place);
  return text === undefined || text.includes('${') ? undefined : text;
}

/** Returns the plain texts to which the token of a list resolves. Returns nothing if one of them is an expression. */
export function membersOf(list: string, stack: Construct, place: string): readonly string[] | undefined {
  const { members } = resolve(list, stack, place);
  return members?.every((member) => typeof member === 'string' && !member.includes('${')) ? members : undefined;
}

/** Returns the stack to which a token belongs, even if the token has no value yet. */
export function ownerOf(value: string, stack: Construct, place: string): Construct {
  return resolve(value, stack, place).owner;
}

/** Returns the expression or plain text to which a token resolves. Returns nothing if it has no value yet, and for other text. */
export function knownExpression(value: string, stack: Construct, place: string): string | undefined {
  return holdsToken(value) ? resolve(value, stack, place).text?.replace(BRACES, '$1') : undefined;
}

/** Returns the expression of a token. Returns other text unchanged. */
export function expressionOf(value: string, stack: Construct, place: string): string {
  return holdsToken(value) ? referenceOf(value, stack, place, 'a value that is known at synthesis').expression : value;
}

/** Returns the expression of a token as Terraform writes it: `${aws_vpc.main.id}`. Returns other text unchanged. */
export function terraformText(value: string, stack: Construct, place: string): string {
  if (!holdsToken(value)) return value;
  const { expression, isText } = referenceOf(value, stack, place, 'a value that is known at synthesis');
  return isText || expression.includes('${') ? expression : `\${${expression}}`;
}

/** Resolves a token in the stack to which all its references belong. */
function resolve(value: string, stack: Construct, place: string): Resolved {
  checkTokens(value, place, [coreOf(stack)]);
  const owners = new Set<Construct>();
  const first = resolveIn(value, stack, owners);
  if (owners.size > 1) {
    const stacks = [...owners].map((owner) => `"${owner.node.path}"`).join(' and ');
    throw refusal(place, 'value-of-several-stacks', 'a value must refer to only one stack', stacks);
  }
  const [owner = stack] = owners;
  const resolved = owner === stack ? first : resolveIn(value, owner, owners);
  const text = typeof resolved === 'string' ? resolved : undefined;
  if (text !== undefined && LOOP_VALUE.test(text)) {
    const need = 'a value must be the same for all instances of a loop, because rules are not created in loops';
    throw refusal(place, 'value-of-a-loop', need, shown(text));
  }
  return { owner, text, members: Array.isArray(resolved) ? (resolved as string[]) : undefined };
}

interface Resolved {
  readonly owner: Construct;
  readonly text?: string;
  readonly members?: readonly string[];
}

function resolveIn(value: string, scope: Construct, owners: Set<Construct>): unknown {
  const { DefaultTokenResolver, StringConcat, Tokenization } = coreOf(scope);
  const resolver = new (class extends DefaultTokenResolver {
    public override resolveToken(
      ...args: Parameters<InstanceType<typeof DefaultTokenResolver>['resolveToken']>
    ): unknown {
      const { originStack } = args[0] as { originStack?: Construct };
      if (originStack) owners.add(originStack);
      return super.resolveToken(...args);
    }
  })(new StringConcat());
  return Tokenization.resolve(isListToken(value) ? [value] : value, { scope, resolver, preparing: false });
}

/** Returns values for a list attribute. Tokens of whole lists are concatenated with the other values. */
export function attributeList(values: string[], stack: Construct): string[] {
  if (values.length === 1 || !values.some(isListToken)) return values;
  const single = values.filter((value) => !isListToken(value));
  const { Fn, Token } = coreOf(stack);
  const lists = values.filter(isListToken).map((list) => Fn.tolist([list]));
  return Token.asList(Fn.concat(single.length > 0 ? [single, ...lists] : lists));
}
