import type { Construct } from 'constructs';
import { refusal, shown } from '../model/refusal';
import { holdsToken, isListToken } from '../model/token-text';
import { coreOf } from './framework';

const BRACES = /^\$\{([^{}]*)\}$/;
const LOOP_VALUE = /\b(?:each\.(?:key|value)|count\.index)\b/;

/** What a value that is unknown to us stands for. */
export interface Reference {
  /** The Terraform expression: `aws_vpc.main.cidr_block`; or the text itself, where it was only not known yet. */
  readonly expression: string;
  /** Whether it is text that Terraform does not evaluate. */
  readonly isText: boolean;
  /** The stack in which the expression has its meaning. */
  readonly stack: Construct;
}

/**
 * Finds out what a value that is unknown to us stands for, without leaving a trace in the app.
 *
 * A value that is not there yet has no such name, and is refused; so is one that is another for every instance of a loop.
 */
export function referenceOf(value: string, stack: Construct, place: string, fix?: string): Reference {
  const { text, owner } = resolve(value, stack, place);
  if (text === undefined || text === '') {
    const need = 'a value that is unknown at synthesis must refer to something, because rules are named after it';
    throw refusal(place, need, 'a value that is not there yet', fix);
  }
  return { expression: text.replace(BRACES, '$1'), isText: !text.includes('${'), stack: owner };
}

/** The plain text that a value turns out to be, if it is one already. */
export function textOf(value: string, stack: Construct, place: string): string | undefined {
  const { text } = resolve(value, stack, place);
  return text === undefined || text.includes('${') ? undefined : text;
}

/** The members of a list that is unknown to us, if they turn out to be plain text already. */
export function membersOf(list: string, stack: Construct, place: string): readonly string[] | undefined {
  const { members } = resolve(list, stack, place);
  return members?.every((member) => typeof member === 'string' && !member.includes('${')) ? members : undefined;
}

/** The stack to which a value belongs, even where nothing can be said of the value itself. */
export function ownerOf(value: string, stack: Construct, place: string): Construct {
  return resolve(value, stack, place).owner;
}

/** The expression that a value refers to, as far as it refers to one. */
export function knownExpression(value: string, stack: Construct, place: string): string | undefined {
  return holdsToken(value) ? resolve(value, stack, place).text?.replace(BRACES, '$1') : undefined;
}

/** A value as it is, or the expression that it refers to. */
export function expressionOf(value: string, stack: Construct, place: string): string {
  return holdsToken(value) ? referenceOf(value, stack, place, 'a value that is known at synthesis').expression : value;
}

/** A value as Terraform has it: text as it is, what only Terraform knows as its expression in braces. */
export function terraformText(value: string, stack: Construct, place: string): string {
  if (!holdsToken(value)) return value;
  const { expression, isText } = referenceOf(value, stack, place, 'a value that is known at synthesis');
  return isText || expression.includes('${') ? expression : `\${${expression}}`;
}

/** Resolves a value in the one stack that all references within it belong to. */
function resolve(value: string, stack: Construct, place: string): Resolved {
  const owners = new Set<Construct>();
  const first = resolveIn(value, stack, owners);
  if (owners.size > 1) {
    const stacks = [...owners].map((owner) => `"${owner.node.path}"`).join(' and ');
    throw refusal(place, 'a value must refer to things of one stack', stacks);
  }
  const [owner = stack] = owners;
  const resolved = owner === stack ? first : resolveIn(value, owner, owners);
  const text = typeof resolved === 'string' ? resolved : undefined;
  if (text !== undefined && LOOP_VALUE.test(text)) {
    throw refusal(place, 'a value must be one thing: no rule is made in a loop', shown(text));
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
