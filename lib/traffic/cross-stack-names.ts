import type { Configuration, NotEvaluated } from './configuration';
import type { GroupName, PeerName } from './names';
import type { Rule } from './rule';

/** How the framework names what a stack takes over from another one. */
const TAKEN_OVER = /^(sg|list):data\.terraform_remote_state\.cross-stack-reference-input-(.+)\.outputs\.([\w-]+)$/;
const DEEPEST = 20;

type Name = GroupName | PeerName;

/** What names mean that a stack has taken over from others of the same app: nothing where that cannot be told. */
export class CrossStackNames {
  private readonly stacks: ReadonlyMap<string, Configuration>;

  constructor(stacks: readonly (readonly [string, Configuration])[]) {
    this.stacks = new Map(stacks);
  }

  /** The stack in which a name has its meaning, and the name that it has there. */
  public origin<T extends Name>(name: T, stack: string, depth = 0): readonly [T, string] {
    const [, kind, from, output] = TAKEN_OVER.exec(name) ?? [];
    const other = this.stacks.get(from ?? '');
    const value = other?.outputs?.get(output);
    if (value === undefined || depth > DEEPEST) return [name, stack];
    const address = value.replace(/\.id$/, '');
    const own = other!.groups.has(`sg:${address}`) ? address : value;
    return this.origin(`${kind}:${own}` as T, from, depth + 1);
  }

  /** Whether a name that a stack has is told without a doubt by another stack. */
  public isKnown({ comparedAs }: NotEvaluated, stack: string): boolean {
    return comparedAs !== undefined && this.origin(comparedAs, stack)[0] !== comparedAs;
  }
}

/** Rules whose names are those of the stacks that they come from. */
export function rulesWithNames(rules: readonly Rule[], nameOf: <T extends Name>(name: T) => T): Rule[] {
  return rules.map((rule) => ({
    ...rule,
    groups: rule.groups.map((group) => nameOf(group)),
    peers: rule.peers.map((peer) => ({ ...peer, name: nameOf(peer.name) })),
  }));
}
