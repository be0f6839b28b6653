import type * as cdktf from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { oncePer, oneLine, refusal } from '../input';

const STACK = Symbol.for('cdktf/TerraformStack');
const JSII_CLASS = Symbol.for('jsii.rtti');

/** The parts of the framework's core that this library uses. They are the same in both frameworks. */
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

/** The framework of an app. */
export enum Framework {
  CDKTF = 'cdktf',
  CDK_TERRAIN = 'cdktn',
}

/** Returns the stack that contains a construct. Throws if the construct is outside of a stack. */
export function stackOf(scope: IConstruct, place: string): Construct {
  let stack: IConstruct | undefined = scope;
  while (stack !== undefined && !(STACK in stack)) stack = stack.node.scope;
  if (stack === undefined) {
    const got = `"${scope.node.path}" outside of a TerraformStack`;
    throw refusal(place, 'stack-required', 'the scope must be a stack or inside one', got);
  }
  return stack;
}

/** Returns whether a construct is a stack. */
export function isStack(construct: IConstruct): construct is Construct {
  return STACK in construct;
}

/** Returns the framework of a stack, which the class of the stack tells. */
export function frameworkOf(stack: Construct): Framework {
  const { fqn = '' } = (stack.constructor as unknown as Record<symbol, { fqn?: string }>)[JSII_CLASS] ?? {};
  return fqn.startsWith('cdktn.') ? Framework.CDK_TERRAIN : Framework.CDKTF;
}

/** Returns the core of the framework of a stack. It is installed, because the stack comes from it. */
export const coreOf = oncePer((stack: Construct): Core => loaded(frameworkOf(stack)));

/** Returns the cores of all installed frameworks, for values that belong to no stack yet. The second is loaded only if it is needed. */
export function* installedCores(): Generator<Core> {
  for (const framework of [Framework.CDKTF, Framework.CDK_TERRAIN]) {
    try {
      yield loaded(framework);
    } catch {
      // it is not installed
    }
  }
}

/** Returns the core of a framework. Bundlers take only what is required within `try` for something that may be missing. */
function loaded(framework: Framework): Core {
  /* eslint-disable @typescript-eslint/no-require-imports */
  try {
    return framework === Framework.CDK_TERRAIN ? (require('cdktn') as Core) : (require('cdktf') as Core);
  } catch (error) {
    throw new Error(`the package ${framework} is not installed, or cannot be loaded`, { cause: error });
  }
  /* eslint-enable @typescript-eslint/no-require-imports */
}

/** Adds a warning, which both frameworks print during synthesis. */
export function warn(scope: IConstruct, message: string): void {
  scope.node.addMetadata('@cdktf/warn', oneLine(message));
}

/** Adds an information, which both frameworks print during synthesis. */
export function inform(scope: IConstruct, message: string): void {
  scope.node.addMetadata('@cdktf/info', message);
}

/**
 * Creates resources without the stack traces that the framework records for their tokens and keeps for the whole run.
 *
 * These traces would show this library and not the user's code. With 10,000 rules they take two fifths of the live heap. See
 * docs/decisions/0015-no-creation-traces.md.
 */
export function withoutTraces<T>(create: () => T): T {
  const errors: { captureStackTrace: unknown } = Error;
  const { captureStackTrace } = errors;
  errors.captureStackTrace = () => undefined;
  try {
    return create();
  } finally {
    errors.captureStackTrace = captureStackTrace;
  }
}
