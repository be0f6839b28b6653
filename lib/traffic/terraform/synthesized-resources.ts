import { refusal, shown } from '../../input';
import type { AwsPlace, Circumstance, ModuleCall, NotEvaluated, Stops } from '../configuration';
import { influenceOf, isEvaluated, MOVES, reachabilityIn, withoutSizes } from '../register';
import { Block, type Resource, type Resources, type UnreadPart } from './block';
import { type BodyOf, Dependencies } from './dependencies';
import { canonicalTemplate, canonicalValue } from './expression-text';
import { Expressions, isLiteral, knownAfterApply, type Lookup } from './expressions';
import { type Clusters, hasProject, synthesizedClusters, synthesizedProject, SynthesizedPlaces } from './places';
import { ABSOLUTE, type Around, OutsideValues } from './outside-values';
import { type LoopInstance, loopInstances } from './loops';
import { attributeAt, type JsonObject, settingsOf } from './terraform-json';
import { holdsUnknown, isUnknown, stableText, UnknownValue } from './unknown-value';

/** Evaluates a value of the configuration. */
type Evaluate = (value: unknown) => unknown;

/** The resources of a file, with a function that evaluates any other value in the file. */
export interface SynthesizedResources extends Resources {
  readonly evaluate: Evaluate;
  /** Returns the account and the region of the resources of a provider: `aws`, `aws.ireland`. */
  readonly placeOf: (provider: string) => AwsPlace | undefined;
  /** Outputs by name: the text, or the expression if the value is not known. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Everything known about each output as text. */
  readonly outputContents: ReadonlyMap<string, string>;
}

/** What the resources of a synthesized stack depend on. */
interface SynthesizedOptions extends Around {
  readonly projects?: 'of providers' | 'as written';
}

/**
 * Returns the resources of a synthesized stack, or of any configuration in Terraform's JSON syntax. A Google resource that does not
 * name a project gets that of its provider, unless `projects` is `as written`: then names without a project imply it.
 */
export function synthesizedResources(
  json: JsonObject,
  file: string,
  { projects = 'of providers', ...around }: SynthesizedOptions = {},
): SynthesizedResources {
  const source = new Source(json, file, around);
  const [resources, notEvaluated]: [Resource[], UnreadPart[]] = [[], []];
  const providers = providersIn(json.provider, source);
  const providersNotRead: string[] = [];
  for (const [type, byName] of source.resources) {
    const isOfProject = projects === 'of providers' && hasProject(type);
    for (const [name, written] of byName) {
      const isOfProvider = isOfProject && !isGiven(written.project);
      const project = isOfProvider ? synthesizedProject(json.provider, written.provider) : undefined;
      const body = project === undefined ? written : { ...written, project };
      for (const unread of addInstances(resources, source, { type, name, body })) {
        notEvaluated.push(unread);
        providersNotRead.push(providerOf(type, body.provider));
      }
    }
  }
  return {
    resources,
    ...projectsIn(json.provider, source, projects),
    data: [...source.data].flatMap(([type, byName]) =>
      [...byName].map(([name, body]) => dataIn(source, type, name, body)),
    ),
    providers,
    ...{ providersNotRead, clusters: clustersIn(json, source) },
    modules: moduleCalls(source),
    dependenciesOf: (expression) => source.dependencies.ofExpression(expression),
    notEvaluated: [
      ...notEvaluated,
      ...modulesIn(source, providers),
      ...commandsIn(json, source),
      ...triggersIn(source),
    ],
    notes: [],
    circumstances: [...importsIn(json, source), ...movesIn(json, source), ...sourcesIn(json, source)],
    evaluate: (value) => source.evaluate(value, file),
    placeOf: (provider) => source.places.of('aws_', provider, undefined),
    outputs: outputsIn(json, file, (value) => source.evaluate(value, file)),
    outputContents: outputContentsIn(json, source),
  };
}

function projectsIn(
  providers: unknown,
  source: Source,
  projects: SynthesizedOptions['projects'],
): Pick<SynthesizedResources, 'impliedProject' | 'providedProject'> {
  const common = commonProjectIn(providers, source);
  if (projects === 'of providers') return { providedProject: common };
  return { impliedProject: isUnknown(common) ? undefined : common };
}

/**
 * Returns the project of all Google resources that do not name one, or that of the default provider if all do; nothing if they have no project, or
 * if it is not the same for all.
 */
function commonProjectIn(providers: unknown, source: Source): string | UnknownValue | undefined {
  const unnamed = [...source.resources].flatMap(([type, byName]) =>
    hasProject(type) ? [...byName].flatMap(([, { project, provider }]) => (isGiven(project) ? [] : [provider])) : [],
  );
  const projects = (unnamed.length === 0 ? [undefined] : [...new Set(unnamed)]).map((provider) =>
    source.evaluate(synthesizedProject(providers, provider), `${source.file}, provider`),
  );
  const [first, ...others] = new Map(projects.map((project) => [stableText(project), project])).values();
  const isKnown = isUnknown(first) || (typeof first === 'string' && first !== '');
  return others.length === 0 && isKnown ? first : undefined;
}

/** Returns the network policies that are only manifests as resources of a file: the command line writes them for kubectl. */
function manifestsIn(json: JsonObject): JsonObject {
  const metadata = (json['//'] as { readonly metadata?: { readonly clusterPorts?: JsonObject } } | undefined)?.metadata;
  const manifests = metadata?.clusterPorts?.manifests;
  if (typeof manifests !== 'object' || manifests === null) return {};
  // text of a manifest is not an expression
  const text = JSON.stringify(manifests).replace(/[$%](?=\{)/g, (sign) => sign + sign);
  const literally = JSON.parse(text) as JsonObject;
  const resources = Object.entries(literally).map(([id, manifest]): [string, object] => [id, { manifest }]);
  return resources.length === 0 ? {} : { resource: { kubernetes_manifest: Object.fromEntries(resources) } };
}

/** The blocks of a synthesized file, and what is known about the expressions in them. */
class Source {
  public readonly resources: Bodies;
  public readonly data: Bodies;
  public readonly modules: ReadonlyMap<string, unknown>;
  public readonly dependencies: Dependencies;
  public readonly outside: OutsideValues;
  public readonly expressions: Expressions;
  public readonly places: SynthesizedPlaces;

  constructor(
    json: JsonObject,
    public readonly file: string,
    { contentBeside, isGivenElsewhere = () => false }: Around,
  ) {
    const named = namedValues(json, file);
    this.outside = new OutsideValues(contentBeside);
    this.resources = bodies([json, manifestsIn(json)], 'resource', file);
    this.data = bodies([json, ...checksIn(json, file)], 'data', file);
    this.modules = new Map(objects(json.module, `${file}, module`).flatMap((part) => Object.entries(part)));
    this.expressions = new Expressions(lookupIn(named, this.resources, isGivenElsewhere));
    this.dependencies = new Dependencies(bodyIn(named, this, json));
    this.places = new SynthesizedPlaces(json.provider, (value, place) => this.evaluate(value, `${file}, ${place}`));
  }

  public evaluate(value: unknown, place: string): unknown {
    return this.expressions.evaluate(value, place);
  }

  /** Returns everything known about a value as text: itself, else how it is written and what it depends on. */
  public contentOf(written: unknown, place: string): string {
    const value = withoutComment(written);
    const evaluated = this.evaluate(value, place);
    if (!holdsUnknown(evaluated)) return stableText(evaluated);
    return [stableText(canonicalValue(value)), stableText(evaluated), this.dependencies.ofValue(value) ?? ''].join(
      '\n',
    );
  }
}

/** Leaves out the comment of a block, in which cdktf writes the path of its construct. */
function withoutComment(block: unknown): unknown {
  return isObject(block)
    ? Object.fromEntries(Object.entries(block).filter(([name, value]) => name !== '//' && isGiven(value)))
    : block;
}

/** Attributes of Terraform that change what the attributes of a resource mean, or how many resources there are. */
const META = ['count', 'for_each', 'dynamic', 'lifecycle', 'provider'];

/** The block of a resource or data source. */
interface Written {
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

/** Adds the instances of a resource. Returns what only Terraform knows of them. */
function addInstances(resources: Resource[], source: Source, written: Written): readonly UnreadPart[] {
  const { type, name, body } = written;
  const address = `${type}.${name}`;
  const enabled = isGiven(body.lifecycle)
    ? source.evaluate(inLifecycle(body, 'enabled'), `${source.file}, ${address}`)
    : undefined;
  if (enabled === false || enabled === 'false') return NONE_UNREAD;
  if (isUnknown(enabled) && isEvaluated(type)) {
    const reason = 'lifecycle.enabled is evaluated by Terraform: read its plan';
    const block = new Block(address, source.file, plain(source, address, body));
    const common = new WrittenResource(source, written, address, block);
    return [{ address, reason, content: source.contentOf(body, address), stops: OF_TERRAFORM, common }];
  }
  const isLoop = (isGiven(body.for_each) || isGiven(body.count) || isGiven(body.dynamic)) && isEvaluated(type);
  if (!isLoop) {
    const block = new Block(address, source.file, plain(source, address, body));
    resources.push(new WrittenResource(source, written, address, block));
    return NONE_UNREAD;
  }
  const found = loopInstances(type, body, { expressions: source.expressions, place: `${source.file}, ${address}` });
  const resourceOf = ({ key, attribute }: LoopInstance): Resource =>
    new WrittenResource(source, written, address, new Block(`${address}${key}`, source.file, attribute));
  found.instances.forEach((instance) => resources.push(resourceOf(instance)));
  return found.unread.map(({ loop, common }) => ({
    address: `${address}${common.key}`,
    reason: `${loop} is evaluated by Terraform: read its plan`,
    content: source.contentOf(body, address),
    stops: OF_TERRAFORM,
    common: resourceOf(common),
  }));
}

const NONE_UNREAD: readonly UnreadPart[] = [];

/** Returns an argument of the `lifecycle` block. */
function inLifecycle({ lifecycle }: JsonObject, name: string): unknown {
  const [block] = (Array.isArray(lifecycle) ? lifecycle : [lifecycle]) as (JsonObject | null | undefined)[];
  return block?.[name];
}

function dataIn(source: Source, type: string, name: string, body: JsonObject): Resource {
  const address = `data.${type}.${name}`;
  const block = new Block(address, source.file, plain(source, address, body));
  return new WrittenResource(source, { type, name, body }, address, block);
}

/** A resource or data source as it is written. Large configurations have many, so everything but its block is worked out when asked for. */
class WrittenResource implements Resource {
  public readonly type: string;
  private readonly body: JsonObject;

  constructor(
    private readonly source: Source,
    { type, body }: Written,
    private readonly address: string,
    public readonly block: Block,
  ) {
    this.type = type;
    this.body = body;
  }

  public get provider(): string {
    return providerOf(this.type, this.body.provider);
  }

  public get place(): AwsPlace | undefined {
    const { region } = this.body;
    const own = isGiven(region) ? this.source.evaluate(region, `${this.source.file}, ${this.address}`) : undefined;
    return this.source.places.of(this.type, this.provider, own);
  }

  public get hasProvisioners(): boolean {
    return isGiven(this.body.provisioner);
  }

  public get reachability(): readonly string[] {
    return influenceOf(this.type) === undefined ? reachabilityIn(this.body) : [];
  }

  public get listsInlineRules(): string[] {
    const { body } = this;
    const dynamic = [body.dynamic].flat().filter(isObject);
    const isListed = (direction: string): boolean => [body, ...dynamic].some((blocks) => isGiven(blocks[direction]));
    return ['ingress', 'egress'].filter(isListed);
  }

  public content(leftOut: readonly string[] = []): string {
    const body = withTriggers(withoutHarmless(this.body, leftOut));
    return [this.textOf(body), this.source.outside.filesNamedIn(body)].join('\n');
  }

  public contentOf(names: readonly string[]): string {
    return this.textOf(pickedFrom(this.body, [...names, ...META]));
  }

  private textOf(value: JsonObject): string {
    return this.source.contentOf(withoutSizes(this.type, value), `${this.source.file}, ${this.address}`);
  }
}

/** Makes expressions of the references to the resources whose changes replace a resource. */
function withTriggers(body: JsonObject): JsonObject {
  const triggers = inLifecycle(body, 'replace_triggered_by');
  if (!Array.isArray(triggers)) return body;
  return { ...body, '(triggers)': triggers.map((one) => `\${${String(one).replace(/^\$\{(.*)\}$/s, '$1')}}`) };
}

/** What only Terraform evaluates may open something if it is new, and is only known to be different if it has changed. */
const OF_TERRAFORM: Stops = { added: 'opened', changed: 'any', removed: 'any' };

function pickedFrom(body: JsonObject, names: readonly string[]): JsonObject {
  const given = names.map((name): [string, unknown] => [name, attributeAt((attribute) => body[attribute], name)]);
  return Object.fromEntries(given.filter(([, value]) => isGiven(value)));
}

/** Returns the key of the provider of a resource: its reference, else the first word of the type. */
function providerOf(type: string, provider: unknown): string {
  if (typeof provider === 'string') return provider.replace(/^\$\{\s*(.*?)\s*\}$/s, '$1');
  const end = type.indexOf('_');
  return end < 0 ? type : type.slice(0, end);
}

/** The settings of a provider that do not decide where its resources are. */
const HARMLESS_SETTINGS = [
  '//',
  'alias',
  'version',
  'features',
  'default_tags',
  'default_labels',
  'ignore_tags',
  'max_retries',
];

function providersIn(json: unknown, source: Source): Map<string, string> {
  const { file } = source;
  const providers = objects(json, `${file}, provider`).flatMap((part) => Object.entries(part));
  return new Map(
    providers.flatMap(([name, given]) =>
      objects(given, `${file}, provider.${name}`).map((settings): [string, string] => {
        const key = typeof settings.alias === 'string' ? `${name}.${settings.alias}` : name;
        const names = Object.keys(settings).filter((setting) => !HARMLESS_SETTINGS.includes(setting));
        return [key, source.contentOf(pickedFrom(settings, names), `${file}, provider.${key}`)];
      }),
    ),
  );
}

function clustersIn(json: JsonObject, source: Source): Clusters {
  const { file } = source;
  const providers = objects(json.provider, `${file}, provider`).flatMap(({ kubernetes }) =>
    objects(kubernetes, `${file}, provider.kubernetes`),
  );
  return synthesizedClusters(providers, (value, place) => source.evaluate(value, `${file}, ${place}`));
}

/** Returns all blocks of a kind by type and name. Each level may be an object or a list of objects. */
function bodies(json: readonly JsonObject[], kind: string, file: string): Map<string, Map<string, JsonObject>> {
  const types = new Map<string, Map<string, JsonObject>>();
  for (const part of json.flatMap((one) => objects(one[kind], `${file}, ${kind}`))) {
    for (const [type, names] of Object.entries(part)) {
      if (type === '//') continue;
      const byName = types.get(type) ?? new Map<string, JsonObject>();
      types.set(type, byName);
      for (const some of objects(names, `${file}, ${kind}.${type}`)) {
        for (const name of Object.keys(some)) {
          if (name === '//') continue;
          const body = some[name];
          if (isObject(body) && !byName.has(name)) {
            byName.set(name, body);
            continue;
          }
          const found = objects(body, `${file}, ${type}.${name}`);
          if (byName.has(name) || found.length > 1) {
            const place = `${file}, ${type}.${name}`;
            throw refusal(place, 'resource-given-twice', 'a resource must be defined once', 'two definitions');
          }
          if (found.length === 1) byName.set(name, found[0]);
        }
      }
    }
  }
  return types;
}

/** Returns the `check` blocks, which may have data sources of their own. */
function checksIn(json: JsonObject, file: string): JsonObject[] {
  return objects(json.check, `${file}, check`).flatMap((part) =>
    Object.entries(part).flatMap(([name, body]) => objects(body, `${file}, check.${name}`)),
  );
}

function objects(value: unknown, place: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  const members: unknown[] = Array.isArray(value) ? value : [value];
  return members.map((member) => {
    if (isObject(member)) return member;
    throw refusal(place, 'value-not-an-object', 'an object is needed', shown(member));
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function outputsIn(json: JsonObject, file: string, evaluate: Evaluate): Map<string, string> {
  const outputs = objects(json.output, `${file}, output`).flatMap((part) => Object.entries(part));
  return new Map(
    outputs.flatMap(([name, body]): [string, string][] => {
      const value = evaluate((body as JsonObject | null)?.value);
      const text = isUnknown(value) ? value.expression : value;
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}

function outputContentsIn(json: JsonObject, source: Source): Map<string, string> {
  const { file } = source;
  const outputs = objects(json.output, `${file}, output`).flatMap((part) => Object.entries(part));
  return new Map(
    outputs.map(([name, body]) => [
      name,
      source.contentOf((body as JsonObject | null)?.value ?? null, `${file}, output`),
    ]),
  );
}

/** Modules cannot be evaluated without a plan. */
function modulesIn(source: Source, providers: ReadonlyMap<string, string>): Omit<NotEvaluated, 'file'>[] {
  return [...source.modules]
    .filter(([name]) => name !== '//')
    .map(([name, body]) => {
      const address = `module.${name}`;
      const reason = 'a module is evaluated by Terraform: read its plan';
      const content = [
        source.contentOf(body, `${source.file}, ${address}`),
        ...localContent(body, source),
        source.outside.filesNamedIn(body),
        ...settingsOfModule(body, providers),
      ].join('\n');
      return { address, reason, content, stops: OF_TERRAFORM };
    });
}

function moduleCalls(source: Source): ModuleCall[] {
  return [...source.modules].flatMap(([name, body]) => {
    const call = body as JsonObject | null;
    if (name === '//' || typeof call?.source !== 'string') return [];
    const address = `module.${name}`;
    const argument = (key: string): unknown => source.evaluate(call[key], `${source.file}, ${address}`);
    return [{ address, source: call.source, names: Object.keys(call).filter((key) => key !== '//'), argument }];
  });
}

/** Returns the settings of the providers that a module may use: those without an alias, which it inherits, and those that it names. */
function settingsOfModule(body: unknown, providers: ReadonlyMap<string, string>): string[] {
  const given = JSON.stringify((body as JsonObject | null)?.providers ?? {});
  const used = [...providers].filter(([key]) => !key.includes('.') || given.includes(key));
  return used.map(([key, settings]) => `${key} ${settings}`).sort();
}

/** Returns the content of a module that is a directory beside the stack. */
function localContent(body: unknown, { outside }: Source): string[] {
  const path = (body as JsonObject | null)?.source;
  return typeof path === 'string' && (/^\.\.?\//.test(path) || ABSOLUTE.test(path)) ? [outside.contentOf(path)] : [];
}

/** Blocks in which Terraform runs something, by their key. */
const COMMANDS: Readonly<Record<string, string>> = {
  action: 'an action may open anything',
  ephemeral: 'an ephemeral resource may open anything',
  removed: 'a provisioner runs a command, which may open anything',
};

/** Returns the blocks outside of resources that may run commands. */
function commandsIn(json: JsonObject, source: Source): Omit<NotEvaluated, 'file'>[] {
  return Object.entries(COMMANDS).flatMap(([kind, reason]) =>
    objects(json[kind], `${source.file}, ${kind}`)
      .filter((block) => kind !== 'removed' || isGiven(block.provisioner))
      .map((block) => {
        const content = [source.contentOf(block, source.file), source.outside.filesNamedIn(block)].join('\n');
        return { address: kind, reason, content, stops: COMMAND_STOPS };
      }),
  );
}

/** Returns the resources whose changes invoke an action. */
function triggersIn(source: Source): Omit<NotEvaluated, 'file'>[] {
  return [...source.resources].flatMap(([type, byName]) =>
    [...byName]
      .filter(([, body]) => isGiven(body.lifecycle) && isGiven(inLifecycle(body, 'action_trigger')))
      .map(([name, body]) => {
        const address = `${type}.${name}`;
        return { address, reason: COMMANDS.action, content: source.contentOf(body, address), stops: COMMAND_STOPS };
      }),
  );
}

/** Returns the import blocks of resources that count: the rules of these apply to the resources that the blocks name. */
function importsIn(json: JsonObject, source: Source): Omit<Circumstance, 'file'>[] {
  return objects(json.import, `${source.file}, import`).flatMap((block) => {
    const address = String(block.to).replace(/^\$\{(.*)\}$/s, '$1');
    if (influenceOf(typeAt(address) ?? '') === undefined) return [];
    const content = source.contentOf(block, `${source.file}, import of ${address}`);
    return [{ address, reason: 'an import block decides which existing resource it is', content, stops: IMPORTED }];
  });
}

const IMPORTED: Stops = { added: 'any', changed: 'any' };
const KEY = String.raw`(?:\[(?:\d+|"(?:[^"\\]|\\.)*"|[^\]]*)\])?`;
const TYPE = new RegExp(String.raw`^(?:module\.[\w-]+${KEY}\.)*(?!module\.)([\w-]+)\.`);

/** Returns the type of the resource that an address leads to; nothing if that is a module. */
function typeAt(address: string): string | undefined {
  return TYPE.exec(address)?.[1];
}

/** Returns the moved blocks that give an address of something that counts to what had a different one. */
function movesIn(json: JsonObject, source: Source): Omit<Circumstance, 'file'>[] {
  return objects(json.moved, `${source.file}, moved`).flatMap((block) => {
    const address = String(block.to);
    const type = typeAt(address);
    if (type !== undefined && influenceOf(type) === undefined) return [];
    const reason = 'a moved block decides which existing resource it is';
    return [{ address, reason, content: String(block.from), stops: IMPORTED, isOfExisting: true }];
  });
}

/** Returns where the providers come from that have resources that count, or whose functions are called. */
function sourcesIn(json: JsonObject, source: Source): Omit<Circumstance, 'file'>[] {
  const settings = objects(json.terraform, `${source.file}, terraform`);
  const required = settings.flatMap((part) => objects(part.required_providers, `${source.file}, required_providers`));
  const calls = required.length === 0 ? '' : JSON.stringify(json);
  const isUsed = (name: string): boolean => {
    const counts = (type: string): boolean => providerOf(type, undefined) === name && influenceOf(type) !== undefined;
    return calls.includes(`provider::${name}::`) || [...source.resources.keys()].some(counts);
  };
  return required.flatMap((part) =>
    Object.entries(part).flatMap(([name, given]) => {
      const written = isObject(given) ? given.source : given;
      const origin = typeof written === 'string' && written.includes('/') ? written.toLowerCase() : `hashicorp/${name}`;
      const content = origin.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
      if (content === `hashicorp/${name}` || !isUsed(name)) return [];
      return [{ address: `provider.${name}`, reason: 'where its provider comes from', content, stops: MOVES }];
    }),
  );
}

const COMMAND_STOPS: Stops = { added: 'opened', changed: 'opened', removed: 'any' };

/** Local values and variables by name. */
interface NamedValues {
  readonly locals: ReadonlyMap<string, unknown>;
  readonly variables: ReadonlyMap<string, JsonObject>;
}

type Bodies = ReadonlyMap<string, ReadonlyMap<string, JsonObject>>;

function namedValues(json: JsonObject, file: string): NamedValues {
  return {
    locals: new Map(objects(json.locals, `${file}, locals`).flatMap((part) => Object.entries(part))),
    variables: new Map(
      objects(json.variable, `${file}, variable`)
        .flatMap((part) => Object.entries(part))
        .map(([name, body]) => [name, objects(body, `${file}, variable.${name}`)[0] ?? {}] as const),
    ),
  };
}

/** Members of a resource that no other value depends on. */
const HARMLESS_MEMBERS = ['//', 'description', 'tags', 'labels', 'lifecycle', 'depends_on'];

function withoutHarmless<T extends JsonObject | undefined>(body: T, harmless: readonly string[]): T | JsonObject {
  return body && Object.fromEntries(Object.entries(body).filter(([member]) => !harmless.includes(member)));
}

/** Finds the bodies that references lead to. */
function bodyIn(
  { locals, variables }: NamedValues,
  { resources, data, modules, outside }: Pick<Source, 'resources' | 'data' | 'modules' | 'outside'>,
  json: JsonObject,
): BodyOf {
  const { provider: providers } = json;
  let read: ReadonlySet<string> | undefined;
  const harmless = (): string[] => {
    read ??= labelsReadIn(json);
    return HARMLESS_MEMBERS.filter((member) => !read!.has(member));
  };
  const withProvider = (type: string, body: JsonObject | undefined): JsonObject | undefined =>
    body && { ...body, '(provider)': settingsOf(providers, providerOf(type, body.provider)) };
  const withFiles = (body: JsonObject | undefined): JsonObject | undefined =>
    body && { ...body, '(files)': outside.filesNamedIn(isLocalState(body) ? [body, 'terraform.tfstate'] : body) };
  return (reference) => {
    if (reference.includes('(')) return outside.dependencyOf(reference);
    const [kind, name, third] = reference.split('.');
    if (kind === 'local') return locals.get(name);
    if (kind === 'var') return withoutHarmless(variables.get(name), ['//', 'description']);
    if (kind === 'module') return withoutComment(modules.get(name));
    if (kind === 'data') {
      const body = withoutHarmless(data.get(name)?.get(third), ['//']);
      const selected = body === undefined ? [] : labelsSelectedBy(name, body, resources);
      const whole = withFiles(withProvider(name, body));
      return selected.length === 0 ? whole : { ...whole, '(labels)': selected };
    }
    const body = withoutHarmless(resources.get(kind)?.get(name), harmless());
    return withFiles(read?.has('tags_all') === true ? withProvider(kind, body) : body);
  };
}

/** The attributes that hold the labels of a resource. */
const LABELS = ['tags', 'labels', 'resource_labels'];
const READ_LABELS = /(?:\.|\[")(tags_all|tags|labels|description|effective_labels|terraform_labels)\b/g;
const WHOLE: Readonly<Record<string, string>> = {
  tags_all: 'tags',
  effective_labels: 'labels',
  terraform_labels: 'labels',
};

/** Returns the attributes with labels that an expression of a configuration reads. */
function labelsReadIn(json: JsonObject): ReadonlySet<string> {
  const found = new Set<string>();
  const rest: unknown[] = [json];
  while (rest.length > 0) {
    const one = rest.pop();
    if (typeof one === 'object' && one !== null) for (const member of Object.values(one)) rest.push(member);
    if (typeof one !== 'string' || !one.includes('{') || !/tags|labels|description/.test(one)) continue;
    for (const [, name] of canonicalTemplate(one).matchAll(READ_LABELS)) found.add(name).add(WHOLE[name] ?? name);
  }
  return found;
}

/**
 * Returns the names and labels of the resources that a data source may select by them: those of its type whose key or name it has in its
 * arguments, or all if these are expressions.
 */
function labelsSelectedBy(type: string, body: JsonObject, resources: Bodies): unknown[] {
  const text = JSON.stringify(body);
  const isNamed = (name: string): boolean => text.includes('${') || text.includes(name);
  const isOfType = (one: string): boolean =>
    [one, `${one}s`, `${one}es`, `${one}_ids`].includes(type) || type.includes('tagging');
  return [...resources]
    .filter(([one]) => isOfType(one))
    .flatMap(([one, byName]) =>
      [...byName].map(([name, resource]): [string, unknown][] => {
        const given = LABELS.map((attribute) => resource[attribute]).filter(isGiven);
        const labels = given.map((all) => (isObject(all) ? Object.entries(all).filter(([key]) => isNamed(key)) : all));
        const called = typeof resource.name === 'string' && isNamed(resource.name) ? [resource.name] : [];
        const known = [...called, ...labels].filter((all) => !Array.isArray(all) || all.length > 0);
        return known.length === 0 ? [] : [[`${one}.${name}`, known]];
      }),
    )
    .flat();
}

/** Whether a data source reads a state at its default path. */
function isLocalState({ backend, config }: JsonObject): boolean {
  return backend === 'local' && (config as JsonObject | null | undefined)?.path === undefined;
}

function lookupIn(
  { locals, variables }: NamedValues,
  resources: Bodies,
  isGivenElsewhere: (variable: string) => boolean,
): Lookup {
  return ([root, name, ...rest], expression) => {
    if (root === 'local') return locals.has(name) ? { value: locals.get(name), rest } : undefined;
    if (root === 'var') {
      if (!variables.has(name) || !isGivenElsewhere(name)) return variableValue(variables.get(name), name, rest);
      const reason = `var.${name}, whose value is outside of this file`;
      return { value: new UnknownValue(`var.${name}`, reason), rest: [] };
    }
    const body = resources.get(root)?.get(name);
    if (!body || body.for_each !== undefined || body.count !== undefined || rest.length === 0) return undefined;
    const value = body[rest[0]];
    return isGiven(value) && rest[0] !== 'id'
      ? { value, rest: rest.slice(1) }
      : { value: knownAfterApply(attributeOf([root, name, ...rest]) ?? expression), rest: [] };
  };
}

/** Returns an attribute of a resource in one spelling: `a.b["id"]` is `a.b.id`. */
function attributeOf(path: readonly string[]): string | undefined {
  return path.every((step) => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)) ? path.join('.') : undefined;
}

function variableValue(variable: JsonObject | undefined, name: string, rest: readonly string[]): ReturnType<Lookup> {
  if (!variable) return undefined;
  if (variable.default === undefined) {
    return { value: new UnknownValue(`var.${name}`, `var.${name}, which has no default`), rest: [] };
  }
  return variable.sensitive === true
    ? { value: new UnknownValue(`var.${name}`, `var.${name}, which is sensitive`), rest: [] }
    : { value: converted(variable.default, variable.type), rest };
}

/** Converts the default of a variable to its type, as Terraform does. */
function converted(value: unknown, type: unknown): unknown {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typeof value !== 'string') return value;
  if (type === 'bool' && /^(?:true|false)$/.test(value)) return value === 'true';
  return type === 'number' && /^-?\d+$/.test(value) ? Number(value) : value;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Returns the attributes of a resource without a loop. */
function plain(source: Source, address: string, body: JsonObject): (name: string) => unknown {
  return (name) => {
    const value = body[name];
    return isLiteral(value) ? value : source.evaluate(value, `${source.file}, ${address}`);
  };
}
