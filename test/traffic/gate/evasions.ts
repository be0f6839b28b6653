import { type Random, seededRandom } from '../../support/random';

/**
 * Random changes in a small world, with the true answer: two groups, two tags, two ports, three sources. Every value that Terraform
 * would compute may be any of a few values; a change opens something if it does for any of them.
 */

const RANGES = ['10.0.0.0/16', '10.0.0.0/8', '0.0.0.0/0'] as const;
type Range = (typeof RANGES)[number];
const SOURCES = ['10.0.0.1', '10.9.0.1', '8.8.8.8'] as const;
const PORTS = [22, 443] as const;
const GROUPS = ['sg-0000000a', 'sg-0000000b'] as const;
const TAGS = ['a', 'b'] as const;
const NETWORK = 'projects/p/global/networks/n';

/** Whether a range has a source. */
function contains(range: Range, source: string): boolean {
  if (range === '0.0.0.0/0') return true;
  return range === '10.0.0.0/8' ? source.startsWith('10.') : source.startsWith('10.0.');
}

/** What a value is of. */
type Domain = 'range' | 'group' | 'tag';
/** The values that may be what Terraform computes: those that rules have, and for names one that no rule has. */
const COMPUTED: Readonly<Record<Domain, readonly string[]>> = {
  range: RANGES,
  group: [...GROUPS, 'sg-0000000c'],
  tag: [...TAGS, 'c'],
};
const LOCALS: Readonly<Record<Domain, readonly string[]>> = { range: ['x', 'y'], group: ['g', 'h'], tag: ['t', 'u'] };
const WRITTEN: Readonly<Record<Domain, readonly string[]>> = { range: RANGES, group: GROUPS, tag: TAGS };
/** Attributes of data sources, which have values of any domain. */
const DATA_ATTRIBUTE: Readonly<Record<Domain, string>> = { range: 'cidr_block', group: 'default_group', tag: 'owner' };

/** Where a value comes from: written, a local value, or an expression that only Terraform evaluates. */
type From = { readonly domain: Domain } & (
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly of: string }
  | { readonly kind: 'data'; readonly name: string }
  | { readonly kind: 'resource'; readonly name: string }
);

interface Rule {
  readonly cloud: 'aws' | 'gcp';
  /** A group or a tag; on GCP nothing means all machines. */
  readonly at: From | undefined;
  readonly port: number;
  readonly from: From;
  readonly action: 'allow' | 'deny';
  readonly priority: number;
  readonly disabled: boolean;
}

/** A configuration of the small world. */
export interface World {
  readonly locals: Readonly<Record<string, string>>;
  /** The arguments of data sources. */
  readonly data: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, Rule>>;
  /** The groups of machines on AWS. */
  readonly machines: Readonly<Record<string, readonly string[]>>;
}

/** Values of what only Terraform evaluates, by what it depends on. */
type Assignment = Readonly<Record<string, string>>;

const DATA = ['d'];
const DOMAINS = ['range', 'group', 'tag'] as const;

export function randomWorld(seed: number): World {
  const random = seededRandom(seed);
  const rules = Object.fromEntries(
    Array.from({ length: 1 + Math.floor(random.pick([0, 1, 2, 3])) }, (_, at) => [`r${at}`, randomRule(random)]),
  );
  return {
    locals: Object.fromEntries(
      DOMAINS.flatMap((domain) => LOCALS[domain].map((name) => [name, random.pick(WRITTEN[domain])])),
    ),
    data: Object.fromEntries(DATA.map((name) => [name, random.pick(['office', 'edge'])])),
    rules,
    machines: random.chance(30) ? { m: [random.pick(GROUPS)] } : {},
  };
}

function randomRule(random: Random, cloud = random.pick(['aws', 'gcp'] as const)): Rule {
  return {
    cloud,
    at: cloud === 'gcp' && random.chance(40) ? undefined : randomValue(random, cloud === 'aws' ? 'group' : 'tag'),
    port: random.pick(PORTS),
    from: randomValue(random, 'range'),
    action: cloud === 'gcp' && random.chance(35) ? 'deny' : 'allow',
    priority: cloud === 'gcp' ? random.pick([900, 1000]) : 1000,
    disabled: cloud === 'gcp' && random.chance(10),
  };
}

function randomValue(random: Random, domain: Domain): From {
  const kind = random.pick(['text', 'text', 'text', 'local', 'function', 'data', 'resource'] as const);
  if (kind === 'resource' && domain === 'group') return { domain, kind, name: random.pick(['v', 'w']) };
  if (kind === 'local') return { domain, kind, name: random.pick(LOCALS[domain]) };
  if (kind === 'data') return { domain, kind, name: random.pick(DATA) };
  if (kind === 'function') {
    return { domain, kind, name: random.pick(['lower', 'trimspace']), of: random.pick(LOCALS[domain]) };
  }
  return { domain, kind: 'text', value: random.pick(WRITTEN[domain]) };
}

/** Returns a world with one or two changes; sometimes none. */
export function changedWorld(world: World, seed: number): World {
  const random = seededRandom(seed);
  let changed = world;
  for (let left = random.pick([0, 1, 1, 2]); left > 0; left--) changed = changedOnce(changed, random);
  return changed;
}

const CHANGES = [
  'add',
  'remove',
  'local',
  'data',
  'range',
  'name',
  'disable',
  'priority',
  'machine',
  'rename',
  'move',
] as const;

function changedOnce(world: World, random: Random): World {
  const { rules, locals, data, machines } = world;
  const names = Object.keys(rules);
  const name = names.length > 0 ? random.pick(names) : 'r0';
  const rule = rules[name] as Rule | undefined;
  const withRule = (next: Rule): World => ({ ...world, rules: { ...rules, [name]: next } });
  switch (random.pick(CHANGES)) {
    case 'add':
      return { ...world, rules: { ...rules, [`n${names.length}`]: randomRule(random) } };
    case 'remove':
      return { ...world, rules: Object.fromEntries(Object.entries(rules).filter(([other]) => other !== name)) };
    case 'local':
      return { ...world, locals: { ...locals, ...randomLocal(random) } };
    case 'data':
      return { ...world, data: { ...data, [random.pick(DATA)]: random.pick(['office', 'edge']) } };
    case 'machine':
      return { ...world, machines: { ...machines, [random.pick(['m', 'k'])]: [random.pick(GROUPS)] } };
    case 'rename':
      return {
        ...world,
        rules: Object.fromEntries(
          Object.entries(rules).map(([other, its]) => [other === name ? 'renamed' : other, its]),
        ),
      };
    case 'range':
      return rule ? withRule({ ...rule, from: randomValue(random, 'range') }) : world;
    case 'name':
      return rule ? withRule({ ...rule, at: randomRule(random, rule.cloud).at }) : world;
    case 'disable':
      return rule?.cloud === 'gcp' ? withRule({ ...rule, disabled: !rule.disabled }) : world;
    case 'priority':
      return rule?.cloud === 'gcp' ? withRule({ ...rule, priority: random.pick([800, 900, 1000, 1100]) }) : world;
    default:
      return rule ? withRule({ ...rule, port: random.pick(PORTS) }) : world;
  }
}

function randomLocal(random: Random): Record<string, string> {
  const domain = random.pick(DOMAINS);
  return { [random.pick(LOCALS[domain])]: random.pick(WRITTEN[domain]) };
}

/** Returns a world as a synthesized stack. */
export function synthesized({ locals, data, rules, machines }: World): object {
  const resources: Record<string, Record<string, object>> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const type = rule.cloud === 'aws' ? 'aws_vpc_security_group_ingress_rule' : 'google_compute_firewall';
    (resources[type] ??= {})[name] = rule.cloud === 'aws' ? awsRule(rule) : firewall(rule);
  }
  for (const [name, groups] of Object.entries(machines)) {
    (resources.aws_instance ??= {})[name] = { vpc_security_group_ids: groups };
  }
  return {
    locals,
    data: { aws_vpc: Object.fromEntries(Object.entries(data).map(([name, tag]) => [name, { tags: { Name: tag } }])) },
    resource: resources,
  };
}

function awsRule({ at, port, from }: Rule): object {
  return {
    security_group_id: textOf(at!),
    ip_protocol: 'tcp',
    from_port: port,
    to_port: port,
    cidr_ipv4: textOf(from),
  };
}

function firewall({ at, port, from, action, priority, disabled }: Rule): object {
  return {
    name: 'f',
    network: NETWORK,
    priority,
    disabled,
    [action]: [{ protocol: 'tcp', ports: [String(port)] }],
    source_ranges: [textOf(from)],
    ...(at === undefined ? {} : { target_tags: [textOf(at)] }),
  };
}

function textOf(from: From): string {
  switch (from.kind) {
    case 'text':
      return from.value;
    case 'local':
      return `\${local.${from.name}}`;
    case 'data':
      return `\${data.aws_vpc.${from.name}.${DATA_ATTRIBUTE[from.domain]}}`;
    case 'resource':
      return `\${aws_security_group.${from.name}.id}`;
    default:
      return `\${${from.name}(local.${from.of})}`;
  }
}

/** Returns what a value depends on, if only Terraform evaluates it. */
function keyOf(from: From, { locals, data }: World): string | undefined {
  if (from.kind === 'data') return `${from.domain} data ${data[from.name]}`;
  if (from.kind === 'resource') return `${from.domain} resource ${from.name}`;
  return from.kind === 'function' ? `${from.domain} ${from.name} ${locals[from.of]}` : undefined;
}

function valueOf(from: From, world: World, values: Assignment): string {
  const key = keyOf(from, world);
  if (key !== undefined) return values[key];
  return from.kind === 'local' ? world.locals[from.name] : (from as { value: string }).value;
}

/** What a configuration does with packets. */
export interface Outcome {
  readonly permitted: ReadonlySet<string>;
  /** The priority of the first rule that denies a packet: rules of other stacks with a smaller number may allow it. */
  readonly denied: ReadonlyMap<string, number>;
}

/** Returns what opens between two outcomes: what is permitted now, or what a rule of a different stack may now permit. */
export function openedPacket(old: Outcome, now: Outcome): string | undefined {
  const permitted = [...now.permitted].find((packet) => !old.permitted.has(packet));
  if (permitted !== undefined) return permitted;
  const isLater = ([packet, priority]: [string, number]): boolean =>
    !old.permitted.has(packet) && (now.denied.get(packet) ?? Infinity) > priority;
  const [undenied] = [...old.denied].filter(isLater);
  return undenied && `${undenied[0]}, which nothing denies at priority ${undenied[1]}`;
}

/** Returns every packet that is permitted to a group on AWS or to a machine with tags on GCP, and the machines of groups. */
function outcomeOf(world: World, values: Assignment): Outcome {
  const found = new Set<string>();
  const denied = new Map<string, number>();
  const rules = Object.values(world.rules);
  const aws = rules.filter(({ cloud }) => cloud === 'aws');
  const gcp = rules.filter(({ cloud, disabled }) => cloud === 'gcp' && !disabled);
  // rules of other stacks may open something for every machine of a group
  for (const [name, groups] of Object.entries(world.machines)) {
    groups.forEach((group) => found.add(`anything of ${group} to machine ${name}`));
  }
  for (const port of PORTS) {
    for (const source of SOURCES) {
      const matches = (rule: Rule): boolean =>
        rule.port === port && contains(valueOf(rule.from, world, values) as Range, source);
      const open = new Set(aws.filter(matches).map(({ at }) => valueOf(at!, world, values)));
      open.forEach((group) => found.add(`${source} to ${port} of ${group}`));
      for (const tags of [[], ['a'], ['b'], ['a', 'b']]) {
        const applying = gcp.filter(
          (rule) => matches(rule) && (rule.at === undefined || tags.includes(valueOf(rule.at, world, values))),
        );
        const order = [...applying].sort((a, b) => a.priority - b.priority || (a.action === 'deny' ? -1 : 1));
        const packet = `${source} to ${port} of tags ${tags.join('+')}`;
        if (order[0]?.action === 'allow') found.add(packet);
        const deny = order.find(({ action }) => action === 'deny');
        if (deny) denied.set(packet, deny.priority);
      }
    }
  }
  return { permitted: found, denied };
}

/** The true answer: whether a change may open something, and whether it may change anything. */
export interface Truth {
  readonly opens: boolean;
  readonly changes: boolean;
  /** Packets that only one side permits, for the first values for which there are any. */
  readonly example?: string;
}

export function truthOf(before: World, after: World): Truth {
  const keys = new Set(
    [before, after].flatMap((world) =>
      Object.values(world.rules).flatMap(({ from, at }) => [keyOf(from, world), at && keyOf(at, world)]),
    ),
  );
  keys.delete(undefined);
  let assignments: Assignment[] = [{}];
  for (const key of keys) {
    const computed = COMPUTED[key!.split(' ', 1)[0] as Domain];
    assignments = assignments.flatMap((values) => computed.map((value) => ({ ...values, [key!]: value })));
  }
  let changes = false;
  for (const values of assignments) {
    const [old, now] = [outcomeOf(before, values), outcomeOf(after, values)];
    const opened = openedPacket(old, now);
    if (opened !== undefined) return { opens: true, changes: true, example: `${opened}, if ${JSON.stringify(values)}` };
    changes ||= [...old.permitted].some((packet) => !now.permitted.has(packet));
  }
  return { opens: false, changes };
}
