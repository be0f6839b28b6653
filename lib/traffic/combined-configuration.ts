import { refusal, shown } from '../model/refusal';
import type { Configuration, NotEvaluated } from './configuration';
import { CrossStackNames, rulesWithNames } from './cross-stack-names';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName } from './names';
import type { Rule } from './rule';
import { unclearNetworks } from './unclear-networks';

/** Names that mean the same in every stack: ids, tags, emails. */
const EVERYWHERE =
  /^(?:sg:(?:\d{12}\/)?sg-[0-9a-z]+|tag:[a-z][-a-z0-9]*|account:\S+@\S+|secure-tag:tagValues\/\d+|list:pl-\S+)$/;
const NETWORK_BY_NAME = /^(?:[\w.:-]+\/)?[-a-z0-9]+$/;

/** Puts stacks together, by name. What only a stack knows, such as a group that it makes, is told apart by the name of the stack. */
export function combinedConfiguration(
  file: string,
  stacks: readonly (readonly [string, Configuration])[],
): Configuration {
  const names = stacks.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refusal(file, 'every stack must have a name of its own', `${shown(twice)} twice`);
  const known = new CrossStackNames(stacks);
  const parts = stacks.map(([stack, { rules }]) =>
    rulesWithNames(
      rules.map((rule) => inStack(rule, stack)),
      (name) => qualified(...known.origin(name, stack)),
    ),
  );
  const notEvaluated = stacks.flatMap(([stack, configuration]) =>
    configuration.notEvaluated.filter((one) => !known.isKnown(one, stack)).map((one) => unreadInStack(one, stack)),
  );
  return {
    file,
    kind: 'combined',
    rules: parts.flat(),
    notEvaluated: [...notEvaluated, ...unclearNetworks(parts, file)],
    groups: new Map(
      stacks.flatMap(([name, { groups }]) => [...groups].map(([key, called]) => [qualified(key, name), called])),
    ),
    provenance: new Map(stacks.flatMap(([, { provenance }]) => [...provenance])),
  };
}

function inStack(rule: Rule, stack: string): Rule {
  const isByName = rule.network === '' || NETWORK_BY_NAME.test(rule.network);
  return isByName ? rule : { ...rule, network: `${stack}/${rule.network}` };
}

function unreadInStack(notEvaluated: NotEvaluated, stack: string): NotEvaluated {
  const { comparedAs } = notEvaluated;
  return comparedAs === undefined ? notEvaluated : { ...notEvaluated, comparedAs: qualified(comparedAs, stack) };
}

function qualified<T extends GroupName | PeerName>(name: T, stack: string): T {
  if (name === ANY_MACHINE || name === ALL_INSTANCES || EVERYWHERE.test(name)) return name;
  const colon = name.indexOf(':');
  return `${name.slice(0, colon)}:${stack}/${name.slice(colon + 1)}` as T;
}
