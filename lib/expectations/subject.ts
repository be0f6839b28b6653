import type { TerraformStack } from 'cdktf';
import { coreOf } from '../framework';
import { parseJson, readJsonFile, refusal, shown, withoutMark } from '../input';

/** Terraform JSON that is tested, and its name in errors. */
export interface Subject {
  readonly json: unknown;
  readonly file: string;
}

/** Reads a stack, synthesized text, a parsed object, or the path of a file. */
export function subjectOf(value: unknown, place: string): Subject {
  if (isStack(value)) return synthesized(value);
  if (typeof value === 'string') {
    const isText = /^\s*[{[]|\n/.test(withoutMark(value));
    return isText ? subjectOfText(value) : subjectOfFile(value);
  }
  if (typeof value === 'object' && value !== null) return { json: value, file: 'the object' };
  throw refusal(
    place,
    'terraform-json-required',
    'a stack, synthesized text, a parsed object, or the path of a file is needed',
    shown(value),
  );
}

/** Reads a stack. */
export function subjectOfStack(value: unknown, place: string): Subject {
  if (isStack(value)) return synthesized(value);
  throw refusal(place, 'terraform-json-required', 'a stack is needed', shown(value));
}

/** Reads the text of Terraform JSON. */
export function subjectOfText(text: string): Subject {
  return { json: parseJson(text, 'the text'), file: 'the text' };
}

/** Reads a file of Terraform JSON. */
export function subjectOfFile(path: string): Subject {
  return { json: readJsonFile(path), file: path };
}

/** Whether a value is a stack of cdktf or of CDK Terrain. */
function isStack(value: unknown): value is TerraformStack {
  return typeof (value as TerraformStack | null | undefined)?.toTerraform === 'function';
}

/** Returns a stack as it is deployed: after the user's Aspects, and with the provenance that the text of `Testing.synth` lacks. */
function synthesized(stack: TerraformStack): Subject {
  coreOf(stack).Testing.synth(stack);
  return { json: JSON.parse(JSON.stringify(stack.toTerraform())) as unknown, file: `stack "${stack.node.path}"` };
}
