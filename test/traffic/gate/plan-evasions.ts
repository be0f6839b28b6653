import { type Random, seededRandom } from '../../support/random';
import { openedPacket, type Outcome, type Truth } from './evasions';

/**
 * Random plans of a small world, with the true answer: what exists is a few rules, some of them deposed, drifted or moved, and the
 * plan does any of Terraform's actions with each. Every value that is known after apply may be any of a few values; the plan opens
 * something if it does for any of them.
 */

const RANGES = ['10.0.0.0/16', '10.0.0.0/8', '0.0.0.0/0'] as const;
/** A range that rules have only by an expression: firewalls take ranges of both families in one attribute. */
const IPV6_RANGE = '::/0';
/** Addresses that tell the ranges apart, with the ranges that contain them. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '10.0.0.1': ['10.0.0.0/16', '10.0.0.0/8', '0.0.0.0/0'],
  '10.9.0.1': ['10.0.0.0/8', '0.0.0.0/0'],
  '8.8.8.8': ['0.0.0.0/0'],
  '2600::1': [IPV6_RANGE],
};
const PORTS = [22, 443] as const;
const PRIORITIES = ['900', '1000'] as const;
const NETWORK = 'projects/p/global/networks/n';
/** The groups that exist, and one that the plan makes. */
const GROUPS: Readonly<Record<string, string>> = { a: 'sg-0000000a', b: 'sg-0000000b' };
const NEW_GROUP = 'c';
const TAGS = ['a', 'b'] as const;

/** A value that only the apply tells, with what its expression refers to. */
interface Computed {
  readonly references: readonly string[];
  readonly mayBe: readonly string[];
}

type Value = string | Computed;

/** The arguments of a rule; `at` is a group on AWS, and on GCP a tag, or nothing for all machines. */
interface Rule {
  readonly cloud: 'aws' | 'gcp';
  readonly at: Value | undefined;
  readonly from: Value;
  readonly port: number;
  readonly action: 'allow' | 'deny';
  readonly priority: Value;
}

/** One object of a plan. */
interface PlannedObject {
  readonly name: string;
  /** Where it was before a move. */
  readonly movedFrom?: string;
  readonly deposed?: string;
  readonly actions: readonly string[];
  /** What Terraform recorded last. */
  readonly recorded?: Rule;
  /** What exists. */
  readonly existing?: Rule;
  readonly planned?: Rule;
  /** Whether the plan leaves the object out, as plans of a part of the configuration do. */
  readonly isLeftOut: boolean;
}

/** A plan of the small world. */
export interface PlannedWorld {
  readonly objects: readonly PlannedObject[];
  readonly isWhole: boolean;
}

const REPLACEMENTS = [
  ['delete', 'create'],
  ['create', 'delete'],
  ['create', 'forget'],
];

export function randomPlan(seed: number): PlannedWorld {
  const random = seededRandom(seed);
  const isWhole = random.chance(60);
  const objects = Array.from({ length: 1 + random.below(4) }, (_, at) => randomObject(random, `r${at}`, isWhole));
  return { objects, isWhole };
}

function randomObject(random: Random, name: string, isWhole: boolean): PlannedObject {
  const cloud = random.pick(['aws', 'gcp'] as const);
  const isLeftOut = !isWhole && random.chance(40);
  const existing = random.chance(75) ? knownRule(random, cloud) : undefined;
  const recorded = random.chance(10) ? random.pick([undefined, knownRule(random, cloud)]) : existing;
  const own = { name, existing, recorded, isLeftOut };
  // Terraform notices that an object is gone, or changed; it never records one before it has made it
  if (existing === undefined) {
    return { ...own, recorded, isLeftOut: false, actions: ['create'], planned: randomRule(random, cloud) };
  }
  const before = { ...own, recorded: recorded ?? existing };
  if (isLeftOut) return { ...before, actions: ['no-op'], ...(random.chance(20) ? { deposed: '1a2b3c4d' } : {}) };
  if (random.chance(12)) return { ...before, deposed: '1a2b3c4d', actions: random.pick([['delete'], ['forget']]) };
  const movedFrom = random.chance(10) ? { movedFrom: `${name}_old` } : {};
  switch (random.pick(['same', 'update', 'update', 'replace', 'delete', 'forget'])) {
    case 'same':
      return { ...before, ...movedFrom, actions: ['no-op'], planned: existing };
    case 'update':
      return { ...before, ...movedFrom, actions: ['update'], planned: changedRule(random, existing) };
    case 'replace':
      return { ...before, actions: random.pick(REPLACEMENTS), planned: changedRule(random, existing) };
    case 'delete':
      return { ...before, actions: ['delete'] };
    default:
      return { ...before, actions: ['forget'] };
  }
}

function knownRule(random: Random, cloud: 'aws' | 'gcp'): Rule {
  const isDeny = cloud === 'gcp' && random.chance(35);
  const names = cloud === 'aws' ? Object.keys(GROUPS) : TAGS;
  return {
    cloud,
    at: cloud === 'gcp' && random.chance(40) ? undefined : random.pick(names),
    from: random.pick(RANGES),
    port: random.pick(PORTS),
    action: isDeny ? 'deny' : 'allow',
    priority: cloud === 'gcp' ? random.pick(PRIORITIES) : '1000',
  };
}

function randomRule(random: Random, cloud: 'aws' | 'gcp'): Rule {
  return changedRule(random, knownRule(random, cloud));
}

function changedRule(random: Random, rule: Rule): Rule {
  switch (random.pick(['range', 'range', 'name', 'port', 'priority', 'nothing'])) {
    case 'range':
      return { ...rule, from: random.chance(50) ? random.pick(RANGES) : computedRange(random, rule.cloud) };
    case 'name':
      return { ...rule, at: rule.cloud === 'aws' ? randomGroup(random) : randomTag(random) };
    case 'priority':
      return rule.cloud === 'aws' ? rule : { ...rule, priority: randomPriority(random) };
    case 'port':
      return { ...rule, port: random.pick(PORTS) };
    default:
      return rule;
  }
}

function computedRange(random: Random, cloud: 'aws' | 'gcp'): Computed {
  const references = random.pick([['aws_vpc.v.cidr_block', 'aws_vpc.v'], ['local.office'], ['each.value'], []]);
  return { references, mayBe: cloud === 'aws' ? RANGES : [...RANGES, IPV6_RANGE] };
}

/** Returns a group, or an expression that may be some of the groups, or one that is the new group. */
function randomGroup(random: Random): Value {
  const groups = Object.keys(GROUPS);
  const reference = (name: string): string[] => [`aws_security_group.${name}.id`, `aws_security_group.${name}`];
  return random.pick<Value>([
    random.pick(groups),
    { references: reference(NEW_GROUP), mayBe: [NEW_GROUP] },
    { references: ['local.group'], mayBe: [...groups, NEW_GROUP] },
    { references: [...reference('a'), ...reference(NEW_GROUP)], mayBe: ['a', NEW_GROUP] },
    { references: [...reference(NEW_GROUP), 'local.group'], mayBe: [...groups, NEW_GROUP] },
  ]);
}

/** Returns a tag, or an expression; nothing for all machines. */
function randomTag(random: Random): Value | undefined {
  return random.pick<Value | undefined>([undefined, ...TAGS, { references: ['local.tag'], mayBe: TAGS }]);
}

function randomPriority(random: Random): Value {
  return random.pick<Value>([...PRIORITIES, { references: ['local.priority'], mayBe: ['800', ...PRIORITIES] }]);
}

/** Returns a world as `terraform show -json` prints a plan. */
export function planJson({ objects, isWhole }: PlannedWorld): object {
  const groups = Object.entries(GROUPS).map(([name, id]) => groupJson(name, { id, ingress: [], egress: [] }));
  const isPlanned = ({ isLeftOut, deposed }: PlannedObject): boolean => !isLeftOut && deposed === undefined;
  const planned = objects.filter((object) => isPlanned(object) && object.planned !== undefined);
  return {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          ...groups,
          groupJson(NEW_GROUP, {}),
          ...planned.map((object) => ({ ...identity(object), values: knownValues(object.planned!) })),
        ],
      },
    },
    prior_state: {
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            ...groups,
            ...objects.flatMap((object) => {
              if (object.existing === undefined) return [];
              const { deposed, existing } = object;
              const key = deposed === undefined ? {} : { deposed_key: deposed };
              return [{ ...identity(object), ...key, values: knownValues(existing) }];
            }),
          ],
        },
      },
    },
    resource_drift: objects
      .filter(({ recorded, existing }) => recorded !== existing)
      .map((object) => ({
        ...identity(object),
        ...keyOf(object),
        change: {
          actions: object.existing === undefined ? ['delete'] : ['update'],
          before: knownValues(object.recorded!),
          after: object.existing === undefined ? null : knownValues(object.existing),
        },
      })),
    resource_changes: [
      ...Object.entries(GROUPS).map(([name, id]) => {
        const values = { id, ingress: [], egress: [] };
        return { ...groupJson(name, values), change: { actions: ['no-op'], before: values, after: values } };
      }),
      {
        ...groupJson(NEW_GROUP, {}),
        change: {
          actions: ['create'],
          before: null,
          after: {},
          after_unknown: { id: true, ingress: true, egress: true },
        },
      },
      ...objects.filter(({ isLeftOut }) => !isLeftOut).map(changeJson),
    ],
    configuration: {
      root_module: {
        resources: [
          ...[...Object.keys(GROUPS), NEW_GROUP].map((name) => ({ ...groupJson(name, {}), expressions: {} })),
          ...planned.map((object) => ({ ...identity(object), expressions: expressions(object.planned!) })),
        ],
      },
    },
    complete: isWhole,
  };
}

function groupJson(name: string, values: object): object {
  return { address: `aws_security_group.${name}`, mode: 'managed', type: 'aws_security_group', name, values };
}

function identity({ name, existing, planned }: PlannedObject): { address: string; type: string } {
  const { cloud } = (existing ?? planned)!;
  const type = cloud === 'aws' ? 'aws_vpc_security_group_ingress_rule' : 'google_compute_firewall';
  return { address: `${type}.${name}`, type };
}

function keyOf({ deposed }: PlannedObject): object {
  return deposed === undefined ? {} : { deposed };
}

function changeJson(object: PlannedObject): object {
  const { address, type } = identity(object);
  const { actions, existing, planned, movedFrom } = object;
  return {
    address,
    type,
    mode: 'managed',
    ...keyOf(object),
    ...(movedFrom === undefined ? {} : { previous_address: `${type}.${movedFrom}` }),
    change: {
      actions,
      before: existing ? knownValues(existing) : null,
      after: planned ? knownValues(planned) : null,
      after_unknown: planned ? unknownMarks(planned) : {},
    },
  };
}

const isComputed = (value: Value | undefined): value is Computed => typeof value === 'object';

function knownValues(rule: Rule): object {
  const { cloud, at, from, port, action, priority } = rule;
  if (cloud === 'aws') {
    return {
      ...(isComputed(at) ? {} : { security_group_id: GROUPS[at!] }),
      ...(isComputed(from) ? {} : { cidr_ipv4: from }),
      ip_protocol: 'tcp',
      from_port: port,
      to_port: port,
    };
  }
  return {
    name: 'f',
    network: NETWORK,
    direction: 'INGRESS',
    ...(isComputed(priority) ? {} : { priority: Number(priority) }),
    [action]: [{ protocol: 'tcp', ports: [String(port)] }],
    ...(isComputed(from) ? {} : { source_ranges: [from] }),
    ...(isComputed(at) ? {} : { target_tags: at === undefined ? null : [at] }),
  };
}

function unknownMarks({ cloud, at, from, priority }: Rule): object {
  return {
    ...(isComputed(at) ? { [cloud === 'aws' ? 'security_group_id' : 'target_tags']: true } : {}),
    ...(isComputed(priority) ? { priority: true } : {}),
    ...(isComputed(from) ? { [cloud === 'aws' ? 'cidr_ipv4' : 'source_ranges']: true } : {}),
  };
}

function expressions({ cloud, at, from, priority }: Rule): object {
  const expression = (value: Value | undefined): object =>
    isComputed(value) ? { references: value.references } : { constant_value: value };
  return cloud === 'aws'
    ? { security_group_id: expression(at), cidr_ipv4: expression(from) }
    : { target_tags: expression(at), source_ranges: expression(from), priority: expression(priority) };
}

/** The rules after the apply: an object that is forgotten stays as it is. */
function afterApply({ objects }: PlannedWorld): Rule[] {
  return objects.flatMap(({ actions, existing, planned, isLeftOut }) => {
    if (isLeftOut) return existing ? [existing] : [];
    const kept = actions.includes('forget') && existing ? [existing] : [];
    return planned ? [...kept, planned] : kept;
  });
}

/** Returns what rules do with packets to a group on AWS, or to a machine with tags on GCP. */
function outcomeOf(rules: readonly Rule[], values: ReadonlyMap<Computed, string>): Outcome {
  const valueOf = (value: Value): string => (isComputed(value) ? values.get(value)! : value);
  const permitted = new Set<string>();
  const denied = new Map<string, number>();
  for (const port of PORTS) {
    for (const [source, ranges] of Object.entries(SOURCES)) {
      const matching = rules.filter((rule) => rule.port === port && ranges.includes(valueOf(rule.from)));
      for (const { cloud, at } of matching) {
        if (cloud === 'aws') permitted.add(`${source} to ${port} of group ${valueOf(at!)}`);
      }
      for (const tags of [[], ['a'], ['b'], ['a', 'b']]) {
        const order = matching
          .filter(({ cloud, at }) => cloud === 'gcp' && (at === undefined || tags.includes(valueOf(at))))
          .map((rule) => ({ ...rule, priority: Number(valueOf(rule.priority)) }))
          .sort((one, other) => one.priority - other.priority || (one.action === 'deny' ? -1 : 1));
        const packet = `${source} to ${port} of tags ${tags.join('+')}`;
        if (order[0]?.action === 'allow') permitted.add(packet);
        const deny = order.find(({ action }) => action === 'deny');
        if (deny) denied.set(packet, deny.priority);
      }
    }
  }
  return { permitted, denied };
}

/**
 * Returns the true answer about a plan. Before it, only what exists and what Terraform recorded last is surely permitted: a change that
 * somebody made by hand is a change, and so is its end.
 */
export function truthOfPlan(plan: PlannedWorld): Truth {
  const recorded = plan.objects.flatMap((object) => (object.recorded ? [object.recorded] : []));
  const existing = plan.objects.flatMap((object) => (object.existing ? [object.existing] : []));
  const after = afterApply(plan);
  let assignments: Map<Computed, string>[] = [new Map()];
  for (const computed of after.flatMap(({ at, from, priority }) => [at, from, priority]).filter(isComputed)) {
    assignments = assignments.flatMap((values) => computed.mayBe.map((value) => new Map(values).set(computed, value)));
  }
  let changes = false;
  for (const values of assignments) {
    const [old, found, now] = [recorded, existing, after].map((rules) => outcomeOf(rules, values));
    const opened = openedPacket(old, now) ?? openedPacket(found, now);
    if (opened !== undefined) {
      return { opens: true, changes: true, example: `${opened}, if ${[...values.values()].join()}` };
    }
    changes ||= isDifferent(old.permitted, now.permitted) || isDifferent(old.denied, now.denied);
  }
  return { opens: false, changes };
}

function isDifferent(one: Outcome[keyof Outcome], other: Outcome[keyof Outcome]): boolean {
  return one.size !== other.size || [...one.keys()].some((packet) => !other.has(packet));
}
