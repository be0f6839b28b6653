import { refusal, shown } from '../../input';
import type { Configuration, NotEvaluated } from '../configuration';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type GroupName, type PeerName, type Rule } from '../rule';
import { uncertainNetworks } from './uncertain-names';

/** Names that mean the same in every stack: ids, tags and emails. */
const GLOBAL_NAME =
  /^(?:sg:(?:\d{12}\/)?sg-[0-9a-z]+|tag:[a-z][-a-z0-9]*|account:\S+@\S+|secure-tag:tagValues\/\d+|list:pl-\S+|host:.+)$/;
const NETWORK_BY_NAME = /^(?:[\w.:-]+\/)?[-a-z0-9]+$/;

type Name = GroupName | PeerName;

/** Joins stacks into one configuration. Names that have a meaning only within one stack get the name of the stack as a prefix. */
export function combinedConfiguration(
  file: string,
  stacks: readonly (readonly [string, Configuration])[],
): Configuration {
  const names = stacks.map(([name]) => name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw refusal(file, 'stack-given-twice', 'every stack must have a different name', `${shown(duplicate)} twice`);
  }
  const crossStack = new CrossStackNames(stacks);
  const parts = stacks.map(([stack, { rules }]) =>
    rulesWithNames(
      rules.map((rule) => inStack(rule, stack)),
      (name) => qualified(...crossStack.origin(name, stack)),
    ),
  );
  const notEvaluated = stacks.flatMap(([stack, configuration]) =>
    configuration.notEvaluated
      .filter((one) => !crossStack.isResolved(one, stack))
      .map((one) => notEvaluatedInStack(one, stack)),
  );
  return {
    file,
    kind: 'combined',
    rules: parts.flat(),
    notEvaluated: [...notEvaluated, ...uncertainNetworks(parts, file)],
    notes: stacks.flatMap(([, { notes }]) => notes),
    circumstances: stacks.flatMap(([stack, { circumstances }]) =>
      circumstances.map((one) => ({ ...one, content: contentIn(stack, one.content) })),
    ),
    dependencies: dependenciesOf(stacks, crossStack),
    groups: new Map(
      stacks.flatMap(([name, { groups }]) => [...groups].map(([key, called]) => [qualified(key, name), called])),
    ),
    requested: requestedOf(stacks, crossStack),
    provenance: new Map(stacks.flatMap(([, { provenance }]) => [...provenance])),
  };
}

/** Joins what names depend on. What a name of a known stack depends on is recorded in that stack. */
function dependenciesOf(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): Map<string, string> {
  return new Map(
    stacks.flatMap(([stack, { dependencies }]) =>
      [...dependencies].flatMap(([name, text]): [string, string][] => {
        if (!NAME_WITH_KIND.test(name)) return [[networkIn(stack, name), text]];
        const [origin, from] = crossStack.origin(name as EndName, stack);
        return origin === name ? [[qualified(origin, from), text]] : [];
      }),
    ),
  );
}

/** Joins what the firewall team is asked to open, if all stacks can tell. */
function requestedOf(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): Rule[] | undefined {
  if (stacks.some(([, { requested }]) => requested === undefined)) return undefined;
  return stacks.flatMap(([stack, { requested = [] }]) =>
    rulesWithNames(requested, (name) => qualified(...crossStack.origin(name, stack))),
  );
}

/** A name that begins with its kind, unlike the name of a network. */
const NAME_WITH_KIND = /^(?:sg|tag|account|secure-tag|list|unknown|host|machines):/;

function inStack(rule: Rule, stack: string): Rule {
  return rule.network === '' ? rule : { ...rule, network: networkIn(stack, rule.network) };
}

function networkIn(stack: string, network: string): string {
  return NETWORK_BY_NAME.test(network) ? network : `${stack}/${network}`;
}

function notEvaluatedInStack(notEvaluated: NotEvaluated, stack: string): NotEvaluated {
  const { comparedAs } = notEvaluated;
  const content = contentIn(stack, notEvaluated.content);
  return { ...notEvaluated, content, ...(comparedAs && { comparedAs: qualified(comparedAs, stack) }) };
}

/** The same content in two stacks is not the same. */
function contentIn(stack: string, content: string | undefined): string | undefined {
  return content === undefined ? undefined : `${stack}\n${content}`;
}

function qualified<T extends Name>(name: T, stack: string): T {
  if (name === ANY_MACHINE || name === ALL_INSTANCES || GLOBAL_NAME.test(name)) return name;
  const colon = name.indexOf(':');
  return `${name.slice(0, colon)}:${stack}/${name.slice(colon + 1)}` as T;
}

/** A reference to an output of a different stack of the app, as cdktf writes it. */
const CROSS_STACK_NAME =
  /^(sg|list):data\.terraform_remote_state\.cross-stack-reference-input-(.+)\.outputs\.([\w-]+)$/;
const MAX_DEPTH = 20;

/** Resolves names that refer to values of different stacks of the same app. */
class CrossStackNames {
  private readonly stacks: ReadonlyMap<string, Configuration>;

  constructor(stacks: readonly (readonly [string, Configuration])[]) {
    this.stacks = new Map(stacks);
  }

  /** Returns the stack that a name comes from, and its name there; a name that does not come from a known stack is unchanged. */
  public origin<T extends Name>(name: T, stack: string, depth = 0): readonly [T, string] {
    const [, kind, from, output] = CROSS_STACK_NAME.exec(name) ?? [];
    const source = this.stacks.get(from ?? '');
    const value = source?.outputs?.get(output);
    if (value === undefined || depth > MAX_DEPTH) return [name, stack];
    const address = value.replace(/\.id$/, '');
    const own = source!.groups.has(`sg:${address}`) ? address : value;
    return this.origin(`${kind}:${own}` as T, from, depth + 1);
  }

  /** Whether a name that could not be evaluated in one stack comes from a known stack. */
  public isResolved({ comparedAs }: NotEvaluated, stack: string): boolean {
    return comparedAs !== undefined && this.origin(comparedAs, stack)[0] !== comparedAs;
  }
}

/** Returns the rules with every name replaced. */
function rulesWithNames(rules: readonly Rule[], nameOf: <T extends Name>(name: T) => T): Rule[] {
  return rules.map((rule) => ({
    ...rule,
    groups: rule.groups.map((group) => nameOf(group)),
    peers: rule.peers.map((peer) => ({ ...peer, name: nameOf(peer.name) })),
  }));
}
