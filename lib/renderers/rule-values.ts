import type { Attributes } from '../model/read-stack';
import type { TerraformState } from '../model/terraform-state';
import { readableText } from '../model/terraform-text';
import { listMembers } from './list-values';

/** The attributes of a synthesized rule as text: escaped text as it is meant, references by their values or names. */
export class RuleValues {
  public constructor(
    private readonly attributes: Attributes,
    private readonly state: TerraformState | undefined,
  ) {}

  /** Text, a number or a truth value, or nothing. */
  public text(name: string): string | undefined {
    return this.textOf(this.attributes[name]);
  }

  /** The members of a list, which may be absent, or an expression. */
  public texts(name: string): string[] {
    const value = this.attributes[name];
    if (typeof value === 'string') return listMembers(value, this.state);
    return listOf(value).flatMap((value) => this.textOf(value) ?? []);
  }

  /** The blocks of a name. */
  public blocks(name: string): RuleValues[] {
    const value = this.attributes[name];
    return (Array.isArray(value) ? listOf(value) : value === undefined ? [] : [value]).flatMap((block) =>
      typeof block === 'object' && block !== null ? [new RuleValues(block as Attributes, this.state)] : [],
    );
  }

  /** The names and values of a map. */
  public entries(name: string): [string, string][] {
    const map = this.attributes[name];
    if (typeof map !== 'object' || map === null) return [];
    return Object.entries(map).map(([key, value]) => [this.textOf(key)!, this.textOf(value) ?? '']);
  }

  private textOf(value: unknown): string | undefined {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value !== 'string') return undefined;
    return readableText(value, this.state);
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
