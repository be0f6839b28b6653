import type { NotEvaluated, Stops } from '../configuration';
import type { EndName, Rule } from '../rule';

/** An id, the Terraform address of a resource, or an attribute of a resource. */
const CERTAIN =
  /^(?:(?:[\w.:-]+\/){0,3}(?:sg|pl)-[0-9a-zA-Z-]+|(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z0-9]+_\w+\.[\w-]+[\w.[\]"-]*)$/;
const UNKNOWN_MACHINES = /^(?:one of \S|\w+ of \S)/;
const OUTPUT_OF_A_STATE = /^data\.(?:terraform_remote_state|tfe_outputs)\./;

/** The names in rules, each of them once: many rules have the same. */
export interface RuleNames {
  readonly networks: ReadonlySet<string>;
  /** The groups and the far ends. */
  readonly ends: ReadonlySet<string>;
}

/** Returns the names in rules. */
export function namesIn(rules: readonly Rule[]): RuleNames {
  const [networks, ends] = [new Set<string>(), new Set<string>()];
  for (const { network, groups, peers } of rules) {
    networks.add(network);
    for (const group of groups) ends.add(group);
    for (const { name } of peers) ends.add(name);
  }
  return { networks, ends };
}

/**
 * Reports names that may be a second name of a security group or prefix list: a local value, a variable or an output whose value is
 * not known may refer to any of them.
 */
export function uncertainNames({ ends }: RuleNames, file: string): NotEvaluated[] {
  return [...ends].filter(isUncertain).map((name) => ({
    file,
    address: textOf(name),
    reason: `the ${name.startsWith('sg:') ? 'security group' : 'prefix list'} that this refers to is known after apply`,
    comparedAs: name as EndName,
  }));
}

function isUncertain(name: string): boolean {
  if (!name.startsWith('sg:') && !name.startsWith('list:')) return false;
  const text = textOf(name);
  if (UNKNOWN_MACHINES.test(text)) return false; // listed where it is used
  return !CERTAIN.test(text) || OUTPUT_OF_A_STATE.test(text);
}

function textOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A network with its project, or a network that this configuration creates. */
const CERTAIN_NETWORK =
  /^(?:[\w.:-]+\/[-a-z0-9]+|(?:[\w-]+\/)?(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*google_compute_network\.[\w-]+(?:\[[^\]]*\])?)$/;
const WITHOUT_PROJECT = /^[-a-z0-9]+$/;

/**
 * Reports networks that may be a second name of a different network, if one of the two has a deny rule: if they are the same
 * network, the rule applies to both. A name without a project may be a network of that name, an expression any network.
 */
export function uncertainNetworks(parts: readonly (readonly Rule[])[], file: string): NotEvaluated[] {
  const partsWith = new Map<string, number>();
  const denying = new Set<string>();
  for (const rules of parts) {
    for (const network of new Set(rules.map((rule) => rule.network))) {
      if (network !== '' && !network.startsWith('policy ')) partsWith.set(network, (partsWith.get(network) ?? 0) + 1);
    }
    rules.filter(({ action }) => action !== 'allow').forEach(({ network }) => denying.add(network));
  }
  if (denying.size === 0) return [];
  return [...partsWith].flatMap(([network, count]) => {
    if (CERTAIN_NETWORK.test(network)) return [];
    const isName = WITHOUT_PROJECT.test(network);
    const others = [...partsWith.keys()].filter(
      (other) => other !== network && (!isName || other.endsWith(`/${network}`)),
    );
    others.sort();
    const isUnique = others.length === 0 && (count === 1 || !isName);
    if (isUnique || ![network, ...others].some((name) => denying.has(name))) return [];
    const candidates = others.length === 0 ? '' : `: it may be ${others.join(' or ')}`;
    const reason = isName
      ? `the project of this network is not known${candidates}`
      : `this network is known after apply${candidates}`;
    return [{ file, address: network, reason, content: `${count} ${others.join(' ')}`, stops: UNCERTAIN }];
  });
}

const UNCERTAIN: Stops = { added: 'any', changed: 'any', removed: 'any' };
