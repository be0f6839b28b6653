import type * as cdktf from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { refusal } from '../model/refusal';

const STACK = Symbol.for('cdktf/TerraformStack');
const JSII_CLASS = Symbol.for('jsii.rtti');

/** What we use of a framework's core. The two frameworks have the same. */
export type Core = Pick<
  typeof cdktf,
  | 'DataResource'
  | 'DefaultTokenResolver'
  | 'FOR_EXPRESSION_VALUE'
  | 'Fn'
  | 'Op'
  | 'StringConcat'
  | 'TerraformElement'
  | 'TerraformIterator'
  | 'TerraformResource'
  | 'Testing'
  | 'Token'
  | 'Tokenization'
>;

/** The framework in which an app is written. */
export enum Framework {
  CDKTF = 'cdktf',
  CDK_TERRAIN = 'cdktn',
}

/** The stack that encloses a construct. */
export function stackOf(scope: IConstruct, place: string): Construct {
  const stack = [...scope.node.scopes].reverse().find((ancestor) => STACK in ancestor);
  if (!stack) {
    throw refusal(
      place,
      'the scope must be a stack or stand in one',
      `"${scope.node.path}" without a TerraformStack above it`,
    );
  }
  return stack;
}

/** The framework of a stack, by the class that it is made of. */
export function frameworkOf(stack: Construct): Framework {
  const { fqn = '' } = (stack.constructor as unknown as Record<symbol, { fqn?: string }>)[JSII_CLASS] ?? {};
  return fqn.startsWith('cdktn.') ? Framework.CDK_TERRAIN : Framework.CDKTF;
}

/** Loads the core of the framework of a stack. Whoever has the stack has the core, so a failure is left as it is. */
export function coreOf(stack: Construct): Core {
  /* eslint-disable @typescript-eslint/no-require-imports */
  return frameworkOf(stack) === Framework.CDK_TERRAIN ? (require('cdktn') as Core) : (require('cdktf') as Core);
  /* eslint-enable @typescript-eslint/no-require-imports */
}
