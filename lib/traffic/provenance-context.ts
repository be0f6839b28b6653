import { refusal, shown } from '../model/refusal';
import type { AwsNames } from './aws-names';
import type { GcpNames } from './gcp-names';
import { isUnknown, type UnknownValue } from './unknown-value';

/** The stack in which provenance is read. */
export interface ProvenanceContext {
  readonly file: string;
  /** The id of the stack. */
  readonly stack: string;
  readonly aws: AwsNames;
  readonly gcp: GcpNames;
  readonly evaluate: (value: unknown) => unknown;
}

/** A value of the stack, or of another one under the name by which the framework takes it over. */
export function valueIn(
  value: string,
  owner: string | undefined,
  { stack, evaluate, file }: ProvenanceContext,
): string | UnknownValue {
  const isForeign = owner !== undefined && owner !== stack && !owner.endsWith(`/${stack}`);
  const text = isForeign
    ? value.replace(/\$\{([^}]*)\}/g, (_, expression: string) => takenOver(owner, expression))
    : value;
  const found = evaluate(text);
  if (typeof found === 'string' || isUnknown(found)) return found;
  throw refusal(`${file}, metadata.clusterPorts`, 'a value must be text', shown(found));
}

function takenOver(stack: string, expression: string): string {
  const output = `cross-stack-output-${expression.replace(/[^\w-]/g, '')}`;
  return `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.${output}}`;
}
