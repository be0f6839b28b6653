import type { DescribedRule, Ec2Api } from '../ec2-api';
import {
  type Change,
  type Configuration,
  diff,
  permittedBy,
  type PlannedChange,
  readPlannedChange,
  type Reach,
  readTerraform,
  type TrafficRow,
  trafficRows,
} from '../../../lib/traffic';
import { type Box, boxesOfRow, boxesOfRule, difference, isPartOf, mayMeet, notCovered, onlyAddresses } from './boxes';

/** A resource in a state, as Terraform prints it. */
interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Module {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly Module[];
}

/** Returns the resources of all modules in a state. */
function resourcesIn(state: unknown): StateResource[] {
  const root = (state as { values?: { root_module?: Module } }).values?.root_module;
  const inside = (module: Module): StateResource[] => [
    ...(module.resources ?? []),
    ...(module.child_modules ?? []).flatMap(inside),
  ];
  return root === undefined ? [] : inside(root);
}

/** What exists in the cloud: the rules of groups, with the ids of these groups by the names that rows have. */
export interface InCloud {
  readonly rules: readonly DescribedRule[];
  /** The IP ranges of prefix lists by id. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly boxes: readonly Box[];
  readonly ids: ReadonlyMap<string, string>;
  readonly state: readonly StateResource[];
}

const GROUPS = ['aws_security_group', 'aws_default_security_group'];

/** Asks the API for the rules of all groups in a state. The state says only which groups these are. */
export async function inCloud(api: Ec2Api, state: unknown): Promise<InCloud> {
  const resources = resourcesIn(state);
  const groups = resources.filter(({ type, mode }) => GROUPS.includes(type) && mode === 'managed');
  const ids = new Map(groups.map(({ address, values }) => [`sg:${address}`, String(values.id)]));
  const rules = await api.describedRules(new Set(ids.values()));
  const lists = new Map([...(await api.prefixLists())].map(([id, line]) => [id, line.split(' ').slice(1)]));
  return { rules, lists, boxes: rules.flatMap((rule) => boxesOfRule(rule, lists)), ids, state: resources };
}

/** Returns the rows that `show` prints. */
function rowsOf(configuration: Configuration): TrafficRow[] {
  return trafficRows(permittedBy(configuration.rules));
}

/** The rules of the API that rows leave out, and the rows that permit what no rule of the API permits. */
interface Mistakes {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Compares the rows of a configuration with what exists in the cloud. */
export function mistakesIn(configuration: Configuration, { boxes, ids }: InCloud): Mistakes {
  const known = rowsOf(configuration).map((row) => boxesOfRow(row, ids));
  const own = known.flatMap((row) => row.known);
  const unknown = known.flatMap((row) => row.unknown.map(({ text }) => text));
  return { missing: notCovered(boxes, own), extra: [...notCovered(own, boxes), ...new Set(unknown)] };
}

/**
 * Compares the rows of a plan with what exists after its apply. A rule of the API may be missing only if the plan lists the resource
 * that made it, and if a row has its port; a row with an unknown end must be the port of a rule.
 */
export function mistakesInPlan(
  configuration: Configuration,
  cloud: InCloud,
): Mistakes & { readonly unlisted: string[] } {
  const { boxes, ids } = cloud;
  const rows = rowsOf(configuration).map((row) => ({ row, ...boxesOfRow(row, ids) }));
  const known = rows.flatMap((row) => row.known);
  const isKnown = (box: Box): boolean => notCovered([box], known).length === 0;
  const open = boxes.filter((box) => !isKnown(box));
  const partly = rows.flatMap(({ unknown }) => unknown);
  const missing = open.filter((box) => !partly.some((one) => isPartOf(box, one)));
  const wrong = impossible(partly, boxes);
  const listed = configuration.notEvaluated.map(({ address }) => address);
  const unlisted = cloud.rules.filter((rule) => {
    const own = boxesOfRule(rule, new Map());
    const isMissing = own.some((box) => open.some((other) => other.text === box.text));
    return isMissing && !makersOf(rule, cloud.state).some((address) => listed.some((one) => isWithin(one, address)));
  });
  return {
    missing: textsOf(missing),
    extra: [...notCovered(known, boxes), ...wrong],
    unlisted: unlisted.map(
      ({ direction, groupId, from, to, farEnd }) => `${direction} ${from}-${to} ${farEnd} ${groupId}`,
    ),
  };
}

/**
 * Compares what `diff` says about a plan with what the API gains and loses in its apply. A group that was replaced counts as the same
 * group. What opens to or at an end that is not known may be what is missing.
 */
export function mistakesInDiff({ before, after }: PlannedChange, earlier: InCloud, later: InCloud): Mistakes {
  const newIds = new Map([...earlier.ids].map(([name, id]) => [id, later.ids.get(name) ?? id]));
  const ids = new Map([...earlier.ids, ...later.ids]);
  const renamed = earlier.rules.map((rule) => ({
    ...rule,
    groupId: newIds.get(rule.groupId)!,
    farEnd: newIds.get(rule.farEnd) ?? rule.farEnd,
  }));
  const [old, now] = [renamed.flatMap((rule) => boxesOfRule(rule, earlier.lists)), later.boxes];
  const said = diff(before, after).changes.map((change) => ({
    before: reachBoxes(change, change.movedFrom ?? change.group, change.before, ids),
    after: reachBoxes(change, change.group, change.after, ids),
  }));
  const [saidOld, saidNow] = [said.flatMap((one) => one.before.known), said.flatMap((one) => one.after.known)];
  const possible = said.flatMap((one) => [...one.before.unknown, ...one.after.unknown]);
  const isPossible = (box: Box): boolean => possible.some((one) => isPartOf(box, one));
  const wrong = impossible(possible, [...old, ...now]);
  const [gained, lost] = [difference(now, old), difference(old, now)];
  const [saidGained, saidLost] = [difference(saidNow, saidOld), difference(saidOld, saidNow)];
  const left = [...difference(gained, saidGained), ...difference(lost, saidLost)].filter((box) => !isPossible(box));
  const wide = [...difference(onlyAddresses(saidGained), gained), ...difference(onlyAddresses(saidLost), lost)].filter(
    (box) => !isPossible(box),
  );
  return {
    missing: textsOf(left),
    extra: [...textsOf(wide), ...wrong],
  };
}

/** Returns the texts of boxes with an unknown end that cannot be any of others. */
function impossible(unknown: readonly Box[], boxes: readonly Box[]): string[] {
  const possible = new Set(unknown.filter((one) => boxes.some((box) => mayMeet(box, one))).map(({ text }) => text));
  return [...new Set(unknown.map(({ text }) => text))].filter((text) => !possible.has(text));
}

function textsOf(boxes: readonly Box[]): string[] {
  return [...new Set(boxes.map(({ text }) => text))];
}

function reachBoxes(
  { direction }: Change,
  group: string,
  reaches: readonly Reach[],
  ids: ReadonlyMap<string, string>,
): { known: Box[]; unknown: Box[] } {
  const parts = reaches.flatMap(({ ports, peer }) =>
    ports.map((port) => {
      const [from, to] = direction === 'ingress' ? [peer, group] : [group, peer];
      return boxesOfRow({ direction, port, from, to, permitted: true }, ids);
    }),
  );
  return { known: parts.flatMap(({ known }) => known), unknown: parts.flatMap(({ unknown }) => unknown) };
}

function isWithin(listed: string, address: string): boolean {
  return listed === address || listed.startsWith(`${address}.`);
}

/** Returns the Terraform addresses of the resources that may have made a rule. */
function makersOf(
  { id, groupId, direction, protocol, from, to }: DescribedRule,
  state: readonly StateResource[],
): string[] {
  return state
    .filter(({ type, values }) => {
      if (GROUPS.includes(type)) return values.id === groupId && Array.isArray(values[direction]);
      if (type === 'aws_security_group_rule') {
        const isSame = protocol === '-1' || (values.from_port === from && values.to_port === to);
        return values.security_group_id === groupId && values.type === direction && isSame;
      }
      return values.security_group_rule_id === id;
    })
    .map(({ address }) => address);
}

/** Returns what is not evaluated as lines. */
export function notEvaluatedOf({ notEvaluated }: Configuration): string[] {
  return notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);
}

/** Reads the file that a plan was written to. */
export function planned(json: unknown): PlannedChange {
  return readPlannedChange(json, 'plan.json');
}

/** Reads a state. */
export function read(json: unknown): Configuration {
  return readTerraform(json, 'state.json');
}

/** Nothing missing, and nothing extra. */
export const NONE: Mistakes = { missing: [], extra: [] };
