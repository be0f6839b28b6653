import { createHash } from 'node:crypto';
import { canonicalExpression, canonicalTemplate, canonicalValue } from './expression-text';
import { OutsideValues } from './outside-values';
import { stableText } from './unknown-value';

/**
 * Finds the body of a reference such as `local.office`, `data.aws_vpc.v` or `file("office.txt"`; nothing if the configuration does not
 * have it.
 */
export type BodyOf = (reference: string) => unknown;

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_-]*`;
const REFERENCE = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.-])(?:(?:local|var|module)\.${NAME}|(?:data\.)?${NAME}\.${NAME})`,
  'gu',
);
/** An output of a different configuration. Its name stays readable, because its value may be known where several are read. */
const OUTPUT_ELSEWHERE = /data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+/g;
const RESOURCE_PREFIX = /(?<![\p{L}\p{N}_.-])resource\./gu;

/**
 * Finds what expressions depend on: everything that they refer to, and everything that this refers to in turn. An expression has the
 * same value in two files if it is the same text and depends on the same; nothing less is enough.
 */
export class Dependencies {
  private readonly found = new Map<string, string>();
  private readonly outputs = new Map<string, ReadonlySet<string>>();

  constructor(private readonly bodyOf: BodyOf) {}

  /** Returns text that is equal for equal dependencies of an expression; nothing if it does not refer to anything in the file. */
  public ofExpression(expression: string): string | undefined {
    return this.joined(this.referencesIn(expression));
  }

  /** Returns the same for a value with expressions in it. */
  public ofValue(value: unknown): string | undefined {
    return this.joined(this.referencesOf(value));
  }

  private joined(references: ReadonlySet<string>): string | undefined {
    if (references.size === 0) return undefined;
    const digests = [...references].sort().map((reference) => `${reference} ${this.digest(reference)}`);
    const outputs = new Set([...references].flatMap((reference) => [...(this.outputs.get(reference) ?? [])]));
    return [...digests, ...[...outputs].sort()].join('\n');
  }

  /** Goes depth first without recursion, because a chain of local values may be long. */
  private digest(reference: string): string {
    const path = [reference];
    const begun = new Set<string>();
    while (path.length > 0) {
      const at = path.at(-1)!;
      const next = this.referencesOf(this.bodyOf(at));
      const missing = [...next].filter((one) => !this.found.has(one) && !begun.has(one) && one !== at);
      if (missing.length > 0 && !begun.has(at)) {
        begun.add(at);
        missing.forEach((one) => path.push(one));
        continue;
      }
      path.pop();
      if (this.found.has(at)) continue;
      // values that refer to each other are an error of Terraform; their names are enough to end here
      const inner = [...next].sort().map((one) => `${one} ${this.found.get(one) ?? ''}`);
      const body = stableText(canonicalValue(this.bodyOf(at)));
      this.found.set(at, digestOf([body, ...inner].join('\n')));
      const passed = [...next].flatMap((one) => [...(this.outputs.get(one) ?? [])]);
      const outputs = [...(body.match(OUTPUT_ELSEWHERE) ?? []), ...passed];
      if (outputs.length > 0) this.outputs.set(at, new Set(outputs));
    }
    return this.found.get(reference)!;
  }

  private referencesOf(value: unknown): ReadonlySet<string> {
    const references = new Set<string>();
    const rest: unknown[] = [value];
    while (rest.length > 0) {
      const one = rest.pop();
      if (typeof one === 'string') {
        if (one.includes('{')) this.referencesIn(one).forEach((reference) => references.add(reference));
      } else if (typeof one === 'object' && one !== null) {
        for (const member of Object.values(one)) rest.push(member);
      }
    }
    return references;
  }

  private referencesIn(expression: string): ReadonlySet<string> {
    // text may be an expression or a template, and `resource` the value of a loop: what a reference may be is a reference
    const both = `${canonicalTemplate(expression)}\n${canonicalExpression(expression)}`;
    const text = both.replace(RESOURCE_PREFIX, '');
    const names = [...(text.match(REFERENCE) ?? []), ...OutsideValues.callsIn(text)];
    return new Set(names.filter((name) => this.bodyOf(name) !== undefined));
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
