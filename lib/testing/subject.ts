import type { TerraformStack } from 'cdktf';
import { coreOf } from '../framework/framework';
import { readJsonFile } from '../files/read-json-file';
import { refusal, shown } from '../model/refusal';
import { parseJson } from '../traffic/terraform-json';

/** Terraform JSON that is tested, and how errors name it. */
export interface Subject {
  readonly json: unknown;
  readonly file: string;
}

/** Takes what stands in `expect(...)`: a stack, synthesized text, a parsed object, or the path of a file. */
export function subjectOf(value: unknown, place: string): Subject {
  if (isStack(value)) return { json: synthesized(value), file: `stack "${value.node.path}"` };
  if (typeof value === 'string') {
    const isText = value.trimStart().startsWith('{');
    return isText
      ? { json: parseJson(value, 'the text'), file: 'the text' }
      : { json: readJsonFile(value), file: value };
  }
  if (typeof value === 'object' && value !== null) return { json: value, file: 'the object' };
  throw refusal(place, 'a stack, synthesized text, a parsed object, or the path of a file is needed', shown(value));
}

/** Whether a value is a stack, of whichever framework. */
export function isStack(value: unknown): value is TerraformStack {
  return typeof (value as TerraformStack | null | undefined)?.toTerraform === 'function';
}

/** As it is deployed: Aspects of the user have run, and what says why ports are open is still there. */
function synthesized(stack: TerraformStack): unknown {
  coreOf(stack).Testing.synth(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform())) as unknown;
}
