import type { Stops } from '../configuration';

/** How resources of a type decide what is permitted. */
export type Influence =
  /** The rules are evaluated. */
  | { readonly kind: 'evaluated' }
  /** They permit or deny traffic by themselves, and are not evaluated. */
  | { readonly kind: 'not evaluated'; readonly reason: string; readonly stops?: Stops }
  /** They permit nothing, and some of their attributes decide where rules apply. */
  | {
      readonly kind: 'circumstance';
      readonly reason: string;
      /** Names of attributes, or of one of their members: `metadata.serial-port-enable`. */
      readonly attributes: readonly string[];
      readonly stops: Stops;
      /** Whether a resource without these attributes is as open as it can be, so that removing one may open something. */
      readonly isOpenByDefault: boolean;
      /** The members that count, wherever they are within the attributes; by default all. */
      readonly members?: readonly string[];
      /** The names in Kubernetes of the resources that decide something; by default all. */
      readonly names?: RegExp;
      /** The value of an attribute of the resources that decide something; by default any. */
      readonly where?: { readonly attribute: string; readonly value: string };
    };

/** How resources decide where rules apply. */
export type CircumstanceInfluence = Extract<Influence, { kind: 'circumstance' }>;

/** Rules, or what is needed to evaluate rules. */
export const EVALUATED: Influence = { kind: 'evaluated' };

/** Something that may allow traffic that nothing else allows. */
export const ALLOWS: Stops = { added: 'opened', changed: 'opened', removed: 'any' };
/** Something that may block what other rules allow, from anywhere. */
export const BLOCKS: Stops = { added: 'any', changed: 'world', removed: 'world' };
/** Something that both allows and restricts: with it less may pass than without it, or more. */
export const RESTRICTS: Stops = { added: 'opened', changed: 'opened', removed: 'opened' };
/** Something that may restrict traffic: without it, more may pass. */
export const FILTERS: Stops = { added: 'any', changed: 'opened', removed: 'opened' };
/** Something that decides where rules apply, in one way or in the other. */
export const MOVES: Stops = { added: 'any', changed: 'any', removed: 'any' };

/** Something that other resources use: it may allow more if it changes. */
const USED: Stops = { added: 'any', changed: 'opened', removed: 'any' };

/** Rules that are not evaluated. */
export function notEvaluated(reason: string, stops: Stops = ALLOWS): Influence {
  return { kind: 'not evaluated', reason, stops };
}

/** Something that everybody reaches if these attributes do not restrict it. */
export function openByDefault(reason: string, stops: Stops, ...attributes: string[]): Influence {
  return { ...circumstance(reason, stops, ...attributes), isOpenByDefault: true };
}

/** A machine. Without these attributes it has the default group and tags of its network, and may be public. */
export function machine(...attributes: string[]): Influence {
  return openByDefault('decides to which machine rules apply', ALLOWS, ...attributes);
}

/** Something that decides where rules apply, by some of its attributes; without these, by all of them. */
export function circumstance(reason: string, stops: Stops, ...attributes: string[]): CircumstanceInfluence {
  return { kind: 'circumstance', reason, attributes, stops, isOpenByDefault: false };
}

/** A resource that everybody reaches if it has no list of allowed IP ranges. */
export function allowList(...attributes: string[]): Influence {
  return openByDefault('has a list of allowed IP ranges of its own', ALLOWS, ...attributes);
}

/** Something that permits nothing while it is new, and that other resources use. */
export function used(reason: string, ...attributes: string[]): CircumstanceInfluence {
  return circumstance(reason, USED, ...attributes);
}

/** Gives several types the same influence. */
export function all(influence: Influence, ...types: string[]): Readonly<Record<string, Influence>> {
  return Object.fromEntries(types.map((type) => [type, influence]));
}

export const HOSTNAMES = circumstance('decides where the rules of a filter of hostnames apply', ALLOWS);
export const PEERING = circumstance('connects networks', ALLOWS);
export const ROUTE = circumstance('decides which networks are reached', MOVES);
export const COMMAND = notEvaluated('it runs a command, which may open anything');
export const TEMPLATE = notEvaluated('the resources in it are not evaluated');
export const PUBLISHED = circumstance('publishes ports of machines', ALLOWS);
export const WEB_FILTER = circumstance('decides which requests reach a load balancer', FILTERS);
export const ALLOW_LIST = circumstance('has a list of allowed IP ranges of its own', ALLOWS);

/** A machine, or a group of machines, of which every attribute may decide which rules apply. */
export const MEMBER = machine();
export const OTHER_FIREWALL = notEvaluated('rules of this kind are not evaluated');
