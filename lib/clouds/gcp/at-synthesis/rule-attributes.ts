import type { TerraformElement } from 'cdktf';
import type { IConstruct } from 'constructs';
import { resolvedValue, type SynthesizedResource } from '../../../framework';
import { DEFAULT_PRIORITY } from '../gcp-firewall-props';
import type { NamedPlace } from './same-resource';

/** A value that is known at synthesis, or nothing. */
type Known<T> = T | undefined;

/**
 * The attributes of a rule, a network or an association as they are synthesized: whoever wrote them, with overrides. A value that is known
 * only after apply is undefined.
 */
export class RuleAttributes {
  private readonly attributes: SynthesizedResource['attributes'];

  constructor(public readonly resource: SynthesizedResource) {
    this.attributes = resource.attributes;
  }

  /** The construct of the rule, or the Terraform address if only an override of the stack defines it. */
  public get name(): string {
    const { construct, stack, type, id } = this.resource;
    return construct?.node.path ?? `${stack.node.path}/${type}.${id}`;
  }

  /** The priority of a rule: 1000 by default in a network. */
  public get priority(): Known<number> {
    const value = this.value('priority') ?? DEFAULT_PRIORITY;
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' ? number : undefined;
  }

  /** The direction of a rule. */
  public get direction(): Known<string> {
    return knownText(this.value('direction') ?? 'INGRESS');
  }

  /** Whether a rule is not enforced. */
  public get disabled(): Known<boolean> {
    const value = this.value('disabled') ?? false;
    if (typeof value === 'boolean') return value;
    return value === 'true' ? true : value === 'false' ? false : undefined;
  }

  /** Whether a rule of a network denies. */
  public get denies(): Known<boolean> {
    const blocks = this.value('deny') ?? [];
    if (this.isDynamic('deny') || typeof blocks === 'string') return undefined;
    return Array.isArray(blocks) ? blocks.length > 0 : true;
  }

  /** What a rule of a policy does: `allow`, `deny`, `goto_next`. */
  public get action(): Known<string> {
    return knownText(this.value('action') ?? '');
  }

  /** The region of a rule of a regional policy: empty for a global one. */
  public get region(): Known<string> {
    const policy = this.value('firewall_policy');
    const [, named] = /(?:^|\/)regions\/([^/]+)\/firewallPolicies\//.exec(String(policy)) ?? [];
    return knownText(named ?? this.value('region') ?? '');
  }

  /** When a network evaluates its policies: empty if it does not say. */
  public get order(): Known<string> {
    return knownText(this.value('network_firewall_policy_enforcement_order') ?? '');
  }

  /** Whether Terraform surely creates no instance of the resource. */
  public get isAbsent(): boolean {
    return ['0', 'false'].includes(String(this.value('count')));
  }

  /** The texts of a list, in which there may be tokens. */
  public texts(name: string): Known<readonly string[]> {
    if (this.isDynamic(name)) return undefined;
    const list = this.attributes[name] ?? [];
    if (!Array.isArray(list)) return undefined;
    // blocks such as `target_secure_tags` have their text in `name`
    const texts = list.map((each: unknown) => (isNamed(each) ? each.name : each));
    return texts.every((each): each is string => typeof each === 'string') ? texts : undefined;
  }

  /** What an attribute names, such as the network of a rule. */
  public place(name: string): NamedPlace {
    return this.placeOf(this.attributes[name]);
  }

  /** What the resource itself is to others that refer to it. */
  public get self(): NamedPlace {
    const { type, id } = this.resource;
    return this.placeOf(`\${${type}.${id}.id}`);
  }

  private placeOf(value: unknown): NamedPlace {
    const { stack } = this.resource;
    const { project } = this.attributes;
    return {
      value: typeof value === 'string' ? value : '${}',
      project: typeof project === 'string' && project !== '' ? project : undefined,
      provider: this.provider(),
      stack,
      place: this.name,
    };
  }

  private provider(): IConstruct | undefined {
    const { stack, construct } = this.resource;
    const own = (construct as { readonly provider?: TerraformElement } | undefined)?.provider;
    const { provider } = this.attributes;
    if (provider === own?.fqn) return own;
    const name = this.value('provider');
    return stack.node.findAll().find((each) => isProvider(each) && resolvedValue(each.fqn, stack) === name);
  }

  /** Returns an attribute with Terraform expressions in the place of tokens. Terraform ignores `null`. */
  private value(name: string): unknown {
    return resolvedValue(this.attributes[name], this.resource.stack) ?? undefined;
  }

  private isDynamic(block: string): boolean {
    const { dynamic } = this.attributes;
    return typeof dynamic === 'object' && dynamic !== null && block in dynamic;
  }
}

function isNamed(value: unknown): value is { readonly name: unknown } {
  return typeof value === 'object' && value !== null && 'name' in value;
}

function isProvider(construct: IConstruct): construct is TerraformElement {
  return 'terraformProviderSource' in construct;
}

/** Returns text that is not an expression. */
function knownText(value: unknown): Known<string> {
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}

/** Whether two values are surely different. */
export function isSurelyOther<T>(one: Known<T>, other: Known<T>): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
