import type { NotEvaluated } from './configuration';
import type { EndName } from './names';
import type { Rule } from './rule';

/** An id, the address of a resource that the configuration has, or an attribute of one. */
const IS_CERTAIN =
  /^(?:(?:\d{12}\/)?(?:sg|pl)-[0-9a-zA-Z-]+|(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z0-9]+_\w+\.[\w-]+[\w.[\]"-]*)$/;
const OF_OTHER_STATES = /^data\.(?:terraform_remote_state|tfe_outputs)\./;

/**
 * Names of security groups and prefix lists that may be those of others: a local value, a variable or an output whose value is not
 * known may stand for a group that has a name besides.
 */
export function otherNames(rules: readonly Rule[], file: string): NotEvaluated[] {
  const names = new Set<string>();
  for (const { groups, peers } of rules) {
    groups.forEach((group) => names.add(group));
    peers.forEach(({ name }) => names.add(name));
  }
  return [...names].filter(isUncertain).map((name) => ({
    file,
    address: textOf(name),
    reason: `which ${name.startsWith('sg:') ? 'security group' : 'prefix list'} that is, only Terraform knows`,
    comparedAs: name as EndName,
  }));
}

function isUncertain(name: string): boolean {
  if (!name.startsWith('sg:') && !name.startsWith('list:')) return false;
  const text = textOf(name);
  return !IS_CERTAIN.test(text) || OF_OTHER_STATES.test(text);
}

function textOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
