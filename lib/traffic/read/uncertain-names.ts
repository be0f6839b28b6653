import type { NotEvaluated } from '../configuration';
import type { EndName, Rule } from '../rule';

/** An id, the Terraform address of a resource, or an attribute of a resource. */
const CERTAIN =
  /^(?:(?:\d{12}\/)?(?:sg|pl)-[0-9a-zA-Z-]+|(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z0-9]+_\w+\.[\w-]+[\w.[\]"-]*)$/;
const OUTPUT_OF_A_STATE = /^data\.(?:terraform_remote_state|tfe_outputs)\./;

/**
 * Reports names that may be a second name of a security group or prefix list: a local value, a variable or an output whose value is
 * not known may refer to any of them.
 */
export function uncertainNames(rules: readonly Rule[], file: string): NotEvaluated[] {
  const names = new Set<string>();
  for (const { groups, peers } of rules) {
    groups.forEach((group) => names.add(group));
    peers.forEach(({ name }) => names.add(name));
  }
  return [...names].filter(isUncertain).map((name) => ({
    file,
    address: textOf(name),
    reason: `the ${name.startsWith('sg:') ? 'security group' : 'prefix list'} that this refers to is known after apply`,
    comparedAs: name as EndName,
  }));
}

function isUncertain(name: string): boolean {
  if (!name.startsWith('sg:') && !name.startsWith('list:')) return false;
  const text = textOf(name);
  return !CERTAIN.test(text) || OUTPUT_OF_A_STATE.test(text);
}

function textOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const WITHOUT_PROJECT = /^[-a-z0-9]+$/;

/**
 * Reports networks whose project is not known, if the configuration has a network of the same name and one of the two has a deny
 * rule: if they are the same network, the rule applies to both.
 */
export function networksWithoutProject(parts: readonly (readonly Rule[])[], file: string): NotEvaluated[] {
  const partsWith = new Map<string, number>();
  const denying = new Set<string>();
  for (const rules of parts) {
    for (const network of new Set(rules.map((rule) => rule.network))) {
      partsWith.set(network, (partsWith.get(network) ?? 0) + 1);
    }
    rules.filter(({ action }) => action !== 'allow').forEach(({ network }) => denying.add(network));
  }
  return [...partsWith].flatMap(([network, count]) => {
    if (!WITHOUT_PROJECT.test(network)) return [];
    const sameName = [...partsWith.keys()].filter((other) => other.endsWith(`/${network}`)).sort();
    const isUnique = count === 1 && sameName.length === 0;
    if (isUnique || ![network, ...sameName].some((name) => denying.has(name))) return [];
    const candidates = sameName.length === 0 ? '' : `: it may be ${sameName.join(' or ')}`;
    const reason = `the project of this network is not known${candidates}`;
    return [{ file, address: network, reason, content: `${count} ${sameName.join(' ')}` }];
  });
}
