import type { TerraformStack } from 'cdktf';
import { coreOf } from '../framework';
import { oneLine, parseJson, readJsonFile, refusal, shown, withoutMark } from '../input';
import {
  allowedBy,
  type Configuration,
  type NotEvaluated,
  permittedBy,
  type PermittedTraffic,
  readTerraform,
  rowText,
  type TrafficRow,
  trafficRows,
} from '../traffic';

/** Terraform JSON that is tested, and its name in errors. */
interface Subject {
  readonly json: unknown;
  readonly file: string;
}

/** Reads the argument of `expect`: a stack, synthesized text, a parsed object, or the path of a file. */
export function subjectOf(value: unknown, place: string): Subject {
  const stack = stackIn(value);
  if (stack) return { json: synthesized(stack), file: `stack "${stack.node.path}"` };
  if (typeof value === 'string') {
    const isText = /^\s*[{[]|\n/.test(withoutMark(value));
    return isText
      ? { json: parseJson(value, 'the text'), file: 'the text' }
      : { json: readJsonFile(value), file: value };
  }
  if (typeof value === 'object' && value !== null) return { json: value, file: 'the object' };
  throw refusal(
    place,
    'terraform-json-required',
    'a stack, synthesized text, a parsed object, or the path of a file is needed',
    shown(value),
  );
}

/** Returns a stack of cdktf or of CDK Terrain, or nothing for other values. */
function stackIn(value: unknown): TerraformStack | undefined {
  const stack = value as TerraformStack | null | undefined;
  return typeof stack?.toTerraform === 'function' ? stack : undefined;
}

/** Returns a stack as it is deployed: after the user's Aspects, and with the provenance that the text of `Testing.synth` lacks. */
function synthesized(stack: TerraformStack): unknown {
  coreOf(stack).Testing.synth(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform())) as unknown;
}

/** Reads the argument of `expect` as a configuration. */
export function testedConfiguration(value: unknown, place: string): Configuration {
  const { json, file } = subjectOf(value, place);
  return readTerraform(json, file);
}

/** Returns what could not be evaluated and is not compared under a name either. */
export function notCompared({ notEvaluated }: Pick<Configuration, 'notEvaluated'>): NotEvaluated[] {
  return notEvaluated.filter(({ comparedAs }) => comparedAs === undefined);
}

/** Includes the outbound traffic that networks allow by default only if a rule denies a part of it. */
function permittedRows({ rules }: Configuration): PermittedTraffic {
  const deniesEgress = rules.some(({ direction, action }) => direction === 'egress' && action !== 'allow');
  return deniesEgress ? permittedBy(rules) : allowedBy(rules);
}

/** Returns traffic as rows, without the rows that show an exception. */
export function passing(traffic: PermittedTraffic): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}

/** The traffic that a configuration permits, as snapshots show it. */
class PermittedTable {
  /** One line per port and far end. The order does not depend on how the configuration is written. */
  public readonly text: string;

  public constructor(value: unknown) {
    const configuration = testedConfiguration(value, 'permittedTraffic');
    const lines = [
      ...trafficRows(permittedRows(configuration)).map(rowText),
      ...notCompared(configuration).map(({ address, reason }) => `not evaluated: ${address}: ${reason}`),
    ];
    this.text = lines.length === 0 ? 'nothing is permitted' : lines.map(oneLine).join('\n');
  }
}

/** Wraps a stack, synthesized text, a parsed object or a file, so that a snapshot shows the traffic that it permits. */
export function permittedTraffic(value: unknown): PermittedTable {
  return new PermittedTable(value);
}

/** Prints stacks, and results of `permittedTraffic`, as the traffic that they permit. Other text in snapshots stays as it is. */
export const trafficSerializer = {
  test: (value: unknown): boolean => value instanceof PermittedTable || stackIn(value) !== undefined,
  serialize: (value: unknown): string => (value instanceof PermittedTable ? value : new PermittedTable(value)).text,
};
