import { refusal, shown } from '../model/refusal';
import type { AwsNames } from './aws-names';
import type { GcpNames } from './gcp-names';
import type { Peers } from './peers';
import { isUnknown, type UnknownValue } from './unknown-value';

/** The stack in which provenance is read. */
export interface ProvenanceContext {
  readonly file: string;
  /** The id of the stack. */
  readonly stack: string;
  readonly aws: AwsNames;
  /** The prefix lists of the stack, by address. */
  readonly lists: ReadonlyMap<string, Peers>;
  readonly gcp: GcpNames;
  readonly evaluate: (value: unknown) => unknown;
}

/** A value that is one text. */
export function textIn(value: string, owner: string | undefined, context: ProvenanceContext): string | UnknownValue {
  const found = parsedValue(value, owner, context);
  if (typeof found === 'string' || isUnknown(found)) return found;
  throw refusal(`${context.file}, metadata.clusterPorts`, 'a value must be text', shown(found));
}

/** A value of the stack, or of another one under the name by which the framework takes it over. */
export function parsedValue(value: string, owner: string | undefined, { stack, evaluate }: ProvenanceContext): unknown {
  const isForeign = owner !== undefined && owner !== stack && !owner.endsWith(`/${stack}`);
  const text = isForeign
    ? value.replace(/\$\{([^}]*)\}/g, (_, expression: string) => takenOver(owner, expression))
    : value;
  return evaluate(text);
}

function takenOver(stack: string, expression: string): string {
  const output = `cross-stack-output-${expression.replace(/[^\w-]/g, '')}`;
  return `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.${output}}`;
}
