import type { AwsPlace } from '../../configuration';
import type { PlanConfiguration } from '../plan-configuration';
import type { Instance } from '../plan-instances';
import { type JsonObject, objectIn, settingsOf, withoutInstance } from '../terraform-json';
import { holdsUnknown, isUnknown, stableText } from '../unknown-value';

/** Whether a resource of this type is in the account and region of its provider. */
function hasPlace(type: string): boolean {
  return type.startsWith('aws_');
}

const ACCOUNT = /^\d{12}$/;
/** The account of a role: `arn:aws:iam::123456789012:role/deploy`. */
const ROLE = /^arn:aws[\w-]*:iam::(\d{12}):/;
/** The region and the account of what belongs to EC2, as security groups and their rules do. */
const OF_EC2 = /^arn:aws[\w-]*:ec2:([\w-]+):(\d{12}):/;

/** What is known about the account and the region of a provider. */
interface ProviderSettings {
  readonly region?: unknown;
  readonly account?: unknown;
  /** All settings that may decide the account or the region, as text. */
  readonly text?: string;
  /** Whether one of these settings is known after apply. */
  readonly holdsUnknown?: boolean;
}

/** Places by provider and region, so that equal places are one object: large configurations have many resources. */
class Places {
  private readonly known = new Map<string, AwsPlace>();
  private readonly settings = new Map<string, ProviderSettings>();

  constructor(private readonly settingsFor: (provider: string) => ProviderSettings) {}

  /** Returns the place of a resource; `region` is its own, if it has one. */
  public of(provider: string, region: unknown): AwsPlace {
    const id = region === undefined || region === null ? provider : `${provider} ${stableText(region)}`;
    let place = this.known.get(id);
    if (place === undefined) {
      place = this.made(provider, region ?? undefined);
      this.known.set(id, place);
    }
    return place;
  }

  private made(provider: string, own: unknown): AwsPlace {
    const settings = this.settings.get(provider) ?? this.settingsFor(provider);
    this.settings.set(provider, settings);
    const [region, account] = [textOf(own ?? settings.region), accountOf(settings.account)];
    if (region !== undefined && account !== undefined) {
      return { key: `${account}/${region}`, provider, account, region };
    }
    const key = stableText([provider, own ?? null, settings.region ?? null, account ?? null, settings.text ?? '']);
    const isOfStack = isUnknown(own) || settings.holdsUnknown === true || provider.includes('[');
    return {
      key,
      provider,
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      ...(isOfStack && { isOfStack }),
    };
  }
}

/** The places of the resources in a synthesized stack. */
export class SynthesizedPlaces {
  private readonly places: Places;

  /** @param providers the `provider` block of the file, unevaluated */
  constructor(providers: unknown, evaluate: (value: unknown, place: string) => unknown) {
    this.places = new Places((provider) => {
      const settings = Object.fromEntries(
        Object.entries(settingsOf(providers, provider) ?? {}).filter(([name]) => name !== 'alias' && name !== '//'),
      );
      const known = evaluate(settings, `provider.${provider}`) as JsonObject;
      return {
        // an instance of a provider has the settings of its key
        region: provider === withoutInstance(provider) ? known.region : undefined,
        account: accountIn(known),
        text: stableText(known),
        holdsUnknown: holdsUnknown(known),
      };
    });
  }

  /** Returns the place of a resource of a type; nothing if it is not one of AWS. */
  public of(type: string, provider: string, region: unknown): AwsPlace | undefined {
    return hasPlace(type) ? this.places.of(provider, region) : undefined;
  }
}

/** Returns the account in the settings of a provider: the only one that is allowed, else that of the role that is assumed last. */
function accountIn({ allowed_account_ids: allowed, assume_role: roles }: JsonObject): string | undefined {
  if (Array.isArray(allowed) && allowed.length === 1) {
    const account = accountOf(allowed[0]);
    if (account !== undefined) return account;
  }
  const role = [roles].flat().at(-1) as JsonObject | null | undefined;
  const [, account] = ROLE.exec(typeof role?.role_arn === 'string' ? role.role_arn : '') ?? [];
  return account;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function accountOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && ACCOUNT.test(text) ? text : undefined;
}

/** Returns the region and the account in the attributes of a resource that exists. */
function placeIn({ arn, owner_id: owner, region }: JsonObject): { region?: string; account?: string } {
  const [, arnRegion, arnAccount] = OF_EC2.exec(typeof arn === 'string' ? arn : '') ?? [];
  return { region: textOf(region) ?? arnRegion, account: arnAccount ?? accountOf(owner) };
}

/** Returns the only member of a set; nothing if it has none or several. */
function onlyOf<T>(members: ReadonlySet<T> | undefined): T | undefined {
  return members?.size === 1 ? [...members][0] : undefined;
}

/** The places of the resources in a plan: from the configuration of their providers, else from other resources of the same provider. */
export class PlannedPlaces {
  private readonly places: Places;

  constructor(
    private readonly configuration: PlanConfiguration,
    instances: readonly Instance[],
    json: JsonObject,
    file: string,
  ) {
    const [regions, accounts] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
    for (const { address, type, values, isData } of instances) {
      if (isData || !hasPlace(type)) continue;
      const provider = configuration.providerOf(address);
      if (provider === undefined) continue;
      const { region, account } = placeIn(values);
      if (account !== undefined) accounts.set(provider, (accounts.get(provider) ?? new Set()).add(account));
      if (region === undefined || configuration.has(address, 'region')) continue;
      regions.set(provider, (regions.get(provider) ?? new Set()).add(region));
    }
    const variables = objectIn(json.variables, `${file}, variables`);
    const configured = objectIn(
      objectIn(json.configuration, `${file}, configuration`)?.provider_config,
      `${file}, configuration.provider_config`,
    );
    this.places = new Places((provider) => {
      const { expressions } = (configured?.[provider] ?? {}) as JsonObject;
      const known = knownSettings(expressions, variables);
      return {
        region: textOf(known.region) ?? onlyOf(regions.get(provider)),
        account: accountIn(known) ?? onlyOf(accounts.get(provider)),
        text: stableText([expressions ?? null, known]),
      };
    });
  }

  public of({ address, type, values }: Instance): AwsPlace | undefined {
    if (!hasPlace(type)) return undefined;
    const provider = this.configuration.providerOf(address);
    if (provider === undefined) return undefined;
    return this.places.of(provider, this.configuration.has(address, 'region') ? values.region : undefined);
  }
}

/** Returns the settings of a provider in a plan that are known: constants, and the values of variables. */
export function knownSettings(expression: unknown, variables: JsonObject | undefined): JsonObject {
  const known = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(known);
    if (typeof value !== 'object' || value === null) return value;
    const { constant_value: constant, references } = value as JsonObject;
    if (constant !== undefined) return constant;
    if (!Array.isArray(references)) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, known(member)]));
    }
    const [, name] = references.length === 1 ? (/^var\.([\w-]+)$/.exec(String(references[0])) ?? []) : [];
    return name === undefined ? undefined : (variables?.[name] as JsonObject | undefined)?.value;
  };
  return (known(expression ?? {}) ?? {}) as JsonObject;
}

/** The places of the resources in a state, which has no providers: from their attributes. */
export class StatePlaces {
  private readonly known = new Map<string, AwsPlace>();

  constructor(instances: readonly Instance[]) {
    for (const { type, values, isData } of instances) {
      if (isData || !hasPlace(type)) continue;
      const { region, account } = placeIn(values);
      if (region === undefined || account === undefined) continue;
      const key = `${account}/${region}`;
      if (!this.known.has(key)) this.known.set(key, { key, account, region });
    }
  }

  /** Returns the place of a resource. Attributes that say only a part mean the only known place that has it. */
  public of({ type, values }: Instance): AwsPlace | undefined {
    if (!hasPlace(type)) return undefined;
    const { region, account } = placeIn(values);
    const whole = region === undefined || account === undefined ? undefined : this.known.get(`${account}/${region}`);
    if (whole !== undefined) return whole;
    const possible = [...this.known.values()].filter(
      (place) => (region ?? place.region) === place.region && (account ?? place.account) === place.account,
    );
    if (possible.length === 1) return possible[0];
    if (region === undefined && account === undefined) return undefined;
    const key = stableText([account ?? null, region ?? null]);
    return { key, ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  }
}
