import type { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct, IConstruct } from 'constructs';
import { inform, knownExpression, ownerOf, stackOf } from '../../framework';
import { grouped, holdsToken, refusal } from '../../input';
import { clusterText } from '../../net';
import { type CreatedRule, Ledger, placeOf, StackRecord } from '../../opening';

/** What the name of a policy says, and how it reaches its cluster. */
interface NamedPolicy {
  readonly name: string;
  readonly namespace: string;
  /** The provider instance with an alias, if there is one. */
  readonly provider?: IConstruct;
}

/** The policies of an app by what was created for them. */
const policies = new WeakMap<IConstruct, NamedPolicy>();
const checkedStacks = new WeakSet<IConstruct>();

/**
 * Checks at synthesis, when all resources of the app exist, that no other stack has a policy of the same name in the same namespace and
 * cluster. Within a stack each policy is found when it is planned.
 */
export function checkClusterAtSynthesis(created: IConstruct, policy: NamedPolicy): void {
  policies.set(created, policy);
  const stack = stackOf(created, created.node.path);
  if (checkedStacks.has(stack)) return;
  checkedStacks.add(stack);
  StackRecord.of(stack).addCheck(() => {
    checkOneCluster(stack);
  });
}

function checkOneCluster(stack: Construct): void {
  const ledger = Ledger.of(stack);
  const byName = grouped(
    ledger.created().filter(({ resource }) => policies.has(resource)),
    ({ resource }) => nameOf(resource),
  );
  const clusterOf = oncePerProvider();
  for (const [name, all] of byName) {
    const own = all.find((each) => each.stack === stack);
    for (const other of own === undefined ? [] : all) {
      if (own === undefined || other.stack === stack) continue;
      const [one, two] = [clusterOf(own), clusterOf(other)];
      if (one !== undefined && one === two) throw twice(name, own, other);
      if (one === undefined && two === undefined) informOnce(name, own, other, ledger);
    }
  }
}

function nameOf(resource: IConstruct): string {
  const { name, namespace } = policies.get(resource)!;
  return `the network policy ${name} in namespace ${namespace}`;
}

function twice(name: string, own: CreatedRule, other: CreatedRule): Error {
  const got = `one from "${other.constructPath}" in stack "${other.stack.node.path}" of the same cluster`;
  const fix = 'KubernetesPods with a namePrefix in one of the stacks';
  return refusal(placeOf(scopeOf(own)), 'rule-created-twice', `${name} must be created only once`, got, fix);
}

/** Says it once for two stacks: most stacks whose code does not say which cluster they are for are for two. */
function informOnce(name: string, own: CreatedRule, other: CreatedRule, ledger: Ledger): void {
  const stacks = [own, other].map(({ stack }) => stack.node.path).sort();
  if (!ledger.isNew(`one cluster ${JSON.stringify(stacks)}`)) return;
  inform(
    scopeOf(own),
    `stack "${other.stack.node.path}" has ${name} too, and nothing says whether both stacks are for one cluster: if they are, give ` +
      'KubernetesPods a namePrefix in one of them',
  );
}

function scopeOf({ stack, constructPath }: CreatedRule): IConstruct {
  return stack.node.root.node.findAll().find(({ node }) => node.path === constructPath)!;
}

/** Returns what says which cluster a policy is for; nothing if the code does not say it. */
type ClusterOf = (policy: CreatedRule) => string | undefined;

function oncePerProvider(): ClusterOf {
  const defaults = new Map<Construct, IConstruct | undefined>();
  return ({ stack, resource }) => {
    if (!defaults.has(stack)) defaults.set(stack, stack.node.findAll().find(isDefaultProvider));
    const provider = policies.get(resource)?.provider ?? defaults.get(stack);
    return provider === undefined ? undefined : clusterIn(provider, stack);
  };
}

function isDefaultProvider(construct: IConstruct): boolean {
  const { terraformResourceType, aliasInput, terraformProviderSource } = construct as Partial<KubernetesProvider>;
  return terraformResourceType === 'kubernetes' && terraformProviderSource !== undefined && aliasInput === undefined;
}

function clusterIn(provider: Partial<KubernetesProvider>, stack: Construct): string | undefined {
  const settings = {
    host: provider.hostInput,
    context: provider.configContextInput,
    contextCluster: provider.configContextClusterInput,
    configPath: provider.configPathInput,
    configPaths: provider.configPathsInput,
  };
  return clusterText(settings, (setting) => knownKey(setting as string, stack));
}

/** Returns a value, or for a token its stack and expression. */
function knownKey(value: string, stack: Construct): string | undefined {
  if (!holdsToken(value)) return value;
  const { path } = stack.node;
  const expression = knownExpression(value, stack, path);
  return expression === undefined ? undefined : `${ownerOf(value, stack, path).node.path} ${expression}`;
}
