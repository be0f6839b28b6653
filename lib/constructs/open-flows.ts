import type { Construct } from 'constructs';
import { commit, type Opened } from '../framework/commit';
import { warnOfRedundantRanges } from '../framework/warn-of-redundant-ranges';
import type { Flow } from '../model/flow';
import type { FlowGroup } from '../model/flow-group';
import type { ResolvedEnd } from '../model/far-end';
import { isHostGroup, type IHostGroup, type IPeer } from '../model/host-group';
import type { PortTable } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { looksLikeToken } from '../model/token-text';
import { tableAgreement } from '../model/table-copy';
import { allFlows, withoutOmitted, type Binding } from './bindings';
import type { DocumentedRulesProps } from './documented-rules';
import { flowGroup } from './flow-groups';
import { checkRowNames } from './row-names';

/** What a construct asks for. */
export interface Request {
  readonly table: PortTable;
  readonly bindings: readonly Binding[];
  readonly props: DocumentedRulesProps;
}

/** What a construct has opened. */
export interface OpenedFlows extends Opened {
  readonly flows: Flow[];
}

/** Opens documented flows between the machines that a construct was given: all of them, or none and an error. */
export function openFlows(scope: Construct, { table, bindings, props }: Request): OpenedFlows {
  const place = placeOf(scope);
  const { omit = [], ports = {} } = props;
  if (!Array.isArray(omit)) throw refusal(place, 'omit must be a list of row names', shown(omit));
  if (typeof ports !== 'object' || ports === null) {
    throw refusal(place, 'ports must be ports by row name', shown(ports));
  }
  checkRowNames('omit', omit, allFlows(table), place);
  const opened = bindings.map(({ documented }) => withoutOmitted(documented, omit));
  checkRowNames('ports', Object.keys(ports), opened, place);

  const groups = bindings
    .map((binding) => flowGroup(scope, place, table, binding, { omit, ports }))
    .filter((group) => group.flows.length > 0);
  if (groups.length === 0) throw refusal(place, 'at least one row must be left', 'none', 'no construct at all');
  const rules = groups.flatMap((group) => [
    ...group.destination._openIngress(group),
    ...hostGroupsOf(group).flatMap((source) => source._openEgress(group)),
  ]);
  const flows = groups.flatMap((group) => group.flows);
  const committed = commit({ scope, place, flows, rules, agreements: [tableAgreement(table)] });
  warnOfRedundancy(scope, groups);
  return { flows, ...committed };
}

/** How errors name a construct. */
export function placeOf(scope: Construct): string {
  const place = `${scope.constructor.name} "${scope.node.path}"`;
  if (looksLikeToken(place)) {
    throw refusal(scope.constructor.name, 'the path must be known at synthesis', shown(scope.node.path));
  }
  return place;
}

/** Warns of each peer once. */
function warnOfRedundancy(scope: Construct, groups: readonly FlowGroup[]): void {
  const ends = groups.flatMap((group) => [
    [group.source, group.sourceEnd] as const,
    [group.destination, group.destinationEnd] as const,
  ]);
  for (const { ranges } of new Map<IPeer, ResolvedEnd>(ends).values()) warnOfRedundantRanges(scope, ranges);
}

/** The host groups that open the connections: the source itself, or those that it is made of. */
function hostGroupsOf({ source }: FlowGroup): IHostGroup[] {
  return source._farEnd.hostGroups.filter(isHostGroup);
}
