import type { Attributes } from '../model/read-stack';
import { valueIn, type TerraformState } from '../model/terraform-state';
import { placeholder } from './peer-text';

const TEMPLATE = /\$\$\{|%%\{|\$\{([^{}]*)\}/g;

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

  /** The members of a list, which may be absent. */
  public texts(name: string): string[] {
    return listOf(this.attributes[name]).flatMap((value) => this.textOf(value) ?? []);
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
    return value.replace(TEMPLATE, (all, expression?: string) => {
      if (expression === undefined) return all.slice(1);
      return (this.state && valueIn(this.state, expression)) ?? placeholder(expression);
    });
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
