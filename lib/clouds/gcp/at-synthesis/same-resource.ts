import type { TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { resolvedValue, stackOf, asSynthesized } from '../../../framework';
import { holdsToken } from '../../../input';
import { referenceKey } from '../gcp-firewall-props';

/** Where a network or a firewall policy is named, and the settings that decide about its project. */
export interface NamedPlace {
  /** A name, a path such as `projects/net-host/global/networks/prod`, or a reference to a resource. */
  readonly value: string;
  readonly project?: string;
  readonly provider?: IConstruct;
  readonly stack: Construct;
  readonly place: string;
}

/** What is known at synthesis about a network or a firewall policy: neither a resource nor a name if it may be any. */
interface Meant {
  /** The resource that a reference reads, with its stack. */
  readonly resource?: string;
  readonly name?: string;
  readonly project?: string;
  readonly stack: Construct;
}

/** How sure it is that something holds, as far as it does. */
export type Sureness = 'surely' | 'perhaps';

/**
 * Returns how surely two texts mean one network, or one firewall policy; nothing if they mean two: a name, a path, and the name, id or self
 * link of a resource are forms of the same. Two resources are one only if they have one name, such as a resource and a data source. A
 * variable, or another expression, may be any network of its stack.
 */
export function sameness(one: NamedPlace, other: NamedPlace): Sureness | undefined {
  const [first, second] = [meantBy(one), meantBy(other)];
  if (first.resource !== undefined && first.resource === second.resource) return 'surely';
  if (first.name === undefined || second.name === undefined) {
    if (isSameExpression(one, other)) return 'surely';
    // a resource whose name is not known may have the name that is written, if it is in the same stack
    const areResources = first.resource !== undefined && second.resource !== undefined;
    return !areResources && first.stack === second.stack ? 'perhaps' : undefined;
  }
  return first.name === second.name && mayBeOneProject(first, second) ? 'surely' : undefined;
}

/** Whether two texts are one expression in one stack, such as a variable. */
function isSameExpression(one: NamedPlace, other: NamedPlace): boolean {
  const key = keyOf(one);
  return key !== undefined && key === keyOf(other);
}

/** Two stacks usually have two projects if neither says which. */
function mayBeOneProject(one: Meant, other: Meant): boolean {
  const areKnown = one.project !== undefined && other.project !== undefined;
  return areKnown ? one.project === other.project : one.stack === other.stack;
}

/** The key of a reference: the stack and an expression, such as `google_compute_network.prod.id`. A name or a path has no space. */
const REFERENCE = /^(.*) ((?:data\.)?([\w-]+)\.([\w-]+))\.[\w-]+$/;
const LOOP_VALUE = /\b(?:each\.(?:key|value)|count\.index)\b/;
const isReference = (key: string): boolean => key.includes(' ');
const PATH_PROJECT = /(?:^|\/)projects\/([^/$]+)\//;

const EXPRESSION = /^\$\{([^{}]+)\}$/;

/** Returns the name or path, or the stack and the expression of a reference; nothing for a value that differs between instances of a loop. */
function keyOf({ value, stack, place }: NamedPlace): string | undefined {
  if (!value.includes('${') && !holdsToken(value)) return value;
  if (value === '${}' || LOOP_VALUE.test(String(resolvedValue(value, stack)))) return undefined;
  if (holdsToken(value)) return referenceKey(value, stack, place);
  return `${stack.node.path} ${EXPRESSION.exec(value)?.[1] ?? value}`;
}

function meantBy(named: NamedPlace): Meant {
  const { project, provider, stack, place } = named;
  const key = keyOf(named);
  if (key === undefined) return { stack };
  const [, owner, address, type, id] = REFERENCE.exec(key) ?? [];
  const given = project === undefined ? providerProject(provider, stack) : knownText(project, stack, place);
  if (address === undefined) {
    const name = key.split('/').at(-1)!;
    if (isReference(name) || name.includes('}')) return { stack };
    return { name, project: PATH_PROJECT.exec(key)?.[1] ?? given, stack };
  }
  const resources = stack.node.root.node.findAll().filter((each) => isNamed(each, type, id));
  const resource = resources.find((each) => stackOf(each, place).node.path === owner);
  const { name, project: own } = resource === undefined ? {} : settingsOf(resource);
  return {
    resource: key.replace(/\.[\w-]+$/, ''),
    name: name === undefined ? undefined : knownText(name, stack, place),
    project: own === undefined ? given : knownText(own, stack, place),
    stack,
  };
}

/** Returns the name and the project of a resource with its overrides, or of a data source. */
function settingsOf(resource: IConstruct): { readonly name?: string; readonly project?: string } {
  const { nameInput, projectInput } = resource as { readonly nameInput?: string; readonly projectInput?: string };
  const { name = nameInput, project = projectInput } = asSynthesized(resource)?.attributes ?? {};
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { name: text(name), project: text(project) };
}

function isNamed(construct: IConstruct, type: string, id: string): boolean {
  const { terraformResourceType, friendlyUniqueId } = construct as Partial<TerraformResource>;
  return terraformResourceType === type && friendlyUniqueId === id;
}

/** Returns text that is known at synthesis. */
function knownText(value: string, stack: Construct, place: string): string | undefined {
  const key = keyOf({ value, stack, place });
  return key === undefined || isReference(key) ? undefined : key;
}

/** Returns the project of a provider: the one that is given, or else the default of the stack. */
function providerProject(provider: IConstruct | undefined, stack: Construct): string | undefined {
  const isDefault = (each: IConstruct): boolean => {
    const { terraformResourceType, alias } = each as Partial<TerraformProvider>;
    return terraformResourceType === 'google' && alias === undefined;
  };
  const used = provider ?? stack.node.findAll().find(isDefault);
  const { projectInput } = (used ?? {}) as { projectInput?: string };
  return projectInput === undefined ? undefined : knownText(projectInput, stack, stack.node.path);
}
