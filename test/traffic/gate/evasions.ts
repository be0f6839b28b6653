/**
 * Random changes in a small world, with the true answer: two groups, two tags, two ports, three sources. Every value that Terraform
 * would compute may be any of a few values; a change opens something if it does for any of them.
 */

/** Returns random numbers from 0 up to, but not including, 1; the same ones for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

class Random {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = randomNumbers(seed);
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public of<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)];
  }
}

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

/** Where a value comes from: written, a local value, or an expression that only Terraform evaluates. */
type From<T> =
  | { readonly kind: 'text'; readonly value: T }
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly of: string }
  | { readonly kind: 'data'; readonly name: string };

interface Rule {
  readonly cloud: 'aws' | 'gcp';
  /** A group or a tag; on GCP nothing means all machines. */
  readonly at: From<string> | undefined;
  readonly port: number;
  readonly from: From<Range>;
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

const LOCALS = ['x', 'y'];
const DATA = ['d'];

export function randomWorld(seed: number): World {
  const random = new Random(seed);
  const rules = Object.fromEntries(
    Array.from({ length: 1 + Math.floor(random.of([0, 1, 2, 3])) }, (_, at) => [`r${at}`, randomRule(random)]),
  );
  return {
    locals: Object.fromEntries(LOCALS.map((name) => [name, random.of(RANGES)])),
    data: Object.fromEntries(DATA.map((name) => [name, random.of(['office', 'edge'])])),
    rules,
    machines: random.chance(0.3) ? { m: [random.of(GROUPS)] } : {},
  };
}

function randomRule(random: Random): Rule {
  const cloud = random.of(['aws', 'gcp'] as const);
  const names: readonly string[] = cloud === 'aws' ? GROUPS : TAGS;
  return {
    cloud,
    at: cloud === 'gcp' && random.chance(0.4) ? undefined : { kind: 'text', value: random.of(names) },
    port: random.of(PORTS),
    from: randomRange(random),
    action: cloud === 'gcp' && random.chance(0.35) ? 'deny' : 'allow',
    priority: cloud === 'gcp' ? random.of([900, 1000]) : 1000,
    disabled: cloud === 'gcp' && random.chance(0.1),
  };
}

function randomRange(random: Random): From<Range> {
  const kind = random.of(['text', 'text', 'local', 'function', 'data'] as const);
  if (kind === 'text') return { kind, value: random.of(RANGES) };
  if (kind === 'local') return { kind, name: random.of(LOCALS) };
  if (kind === 'data') return { kind, name: random.of(DATA) };
  return { kind, name: random.of(['lower', 'trimspace']), of: random.of(LOCALS) };
}

/** Returns a world with one or two changes; sometimes none. */
export function changedWorld(world: World, seed: number): World {
  const random = new Random(seed);
  let changed = world;
  for (let left = random.of([0, 1, 1, 2]); left > 0; left--) changed = changedOnce(changed, random);
  return changed;
}

function changedOnce(world: World, random: Random): World {
  const { rules, locals, data, machines } = world;
  const names = Object.keys(rules);
  const name = names.length > 0 ? random.of(names) : 'r0';
  const rule = rules[name] as Rule | undefined;
  const withRule = (next: Rule): World => ({ ...world, rules: { ...rules, [name]: next } });
  switch (random.of(['add', 'remove', 'local', 'data', 'range', 'disable', 'priority', 'machine', 'rename', 'move'])) {
    case 'add':
      return { ...world, rules: { ...rules, [`n${names.length}`]: randomRule(random) } };
    case 'remove':
      return { ...world, rules: Object.fromEntries(Object.entries(rules).filter(([other]) => other !== name)) };
    case 'local':
      return { ...world, locals: { ...locals, [random.of(LOCALS)]: random.of(RANGES) } };
    case 'data':
      return { ...world, data: { ...data, [random.of(DATA)]: random.of(['office', 'edge']) } };
    case 'machine':
      return { ...world, machines: { ...machines, [random.of(['m', 'k'])]: [random.of(GROUPS)] } };
    case 'rename':
      return {
        ...world,
        rules: Object.fromEntries(
          Object.entries(rules).map(([other, its]) => [other === name ? 'renamed' : other, its]),
        ),
      };
    case 'range':
      return rule ? withRule({ ...rule, from: randomRange(random) }) : world;
    case 'disable':
      return rule?.cloud === 'gcp' ? withRule({ ...rule, disabled: !rule.disabled }) : world;
    case 'priority':
      return rule?.cloud === 'gcp' ? withRule({ ...rule, priority: random.of([800, 900, 1000, 1100]) }) : world;
    default:
      return rule ? withRule({ ...rule, port: random.of(PORTS) }) : world;
  }
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

function textOf(from: From<string>): string {
  if (from.kind === 'text') return from.value;
  if (from.kind === 'local') return `\${local.${from.name}}`;
  if (from.kind === 'data') return `\${data.aws_vpc.${from.name}.cidr_block}`;
  return `\${${from.name}(local.${from.of})}`;
}

/** Returns what a value depends on, if only Terraform evaluates it. */
function keyOf(from: From<string>, { locals, data }: World): string | undefined {
  if (from.kind === 'data') return `data ${data[from.name]}`;
  return from.kind === 'function' ? `${from.name} ${locals[from.of]}` : undefined;
}

function valueOf(from: From<string>, world: World, values: Assignment): string {
  const key = keyOf(from, world);
  if (key !== undefined) return values[key];
  return from.kind === 'local' ? world.locals[from.name] : (from as { value: string }).value;
}

/** Returns every packet that is permitted to a group on AWS or to a machine with tags on GCP, and the machines of groups. */
function permitted(world: World, values: Assignment): Set<string> {
  const found = new Set<string>();
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
        if (order[0]?.action === 'allow') found.add(`${source} to ${port} of tags ${tags.join('+')}`);
      }
    }
  }
  return found;
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
    assignments = assignments.flatMap((values) => RANGES.map((value) => ({ ...values, [key!]: value })));
  }
  let changes = false;
  for (const values of assignments) {
    const [old, now] = [permitted(before, values), permitted(after, values)];
    const opened = [...now].find((packet) => !old.has(packet));
    if (opened !== undefined) return { opens: true, changes: true, example: `${opened}, if ${JSON.stringify(values)}` };
    changes ||= [...old].some((packet) => !now.has(packet));
  }
  return { opens: false, changes };
}
