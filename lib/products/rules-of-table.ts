import type { Construct } from 'constructs';
import type { ControlPlaneEndpoint, IPeer } from '../access';
import { type PropsForm, refusal, shown } from '../input';
import {
  allFlows,
  bindGiven,
  type Binding,
  boundRole,
  type BoundRole,
  EDITIONED_RULES_PROPS,
  type EditionedRulesProps,
  endpointPort,
  endpointMachines,
  openedFlows,
  openRows,
  type RulesRequest,
} from '../opening';
import {
  type Choices,
  conditionOf,
  type DocumentedFlow,
  flowKey,
  type PortTable,
  tableOf,
  unmetCondition,
} from '../tables';
import { editionsOf } from './catalog';
import { ENDPOINT_USES } from './endpoint-uses';
import { checkEdition, choiceProps, givenOptions, propName } from './props-of-table';

/** The props of a construct that is generated from a table: one for each role, one for each option, and the endpoint of some. */
type Props = EditionedRulesProps & Readonly<Record<string, unknown>> & { readonly endpoint?: ControlPlaneEndpoint };

/** Returns what a construct needs that is generated from the editions of a table. The default edition is the first. */
export function rulesOfTable(id: string, props: EditionedRulesProps): RulesRequest {
  const editions = editionsOf(id);
  const use = ENDPOINT_USES[id];
  return {
    props,
    form: formOf(editions),
    ...(use !== undefined && { endpoint: (place) => endpointPort((props as Props).endpoint, use.rows, place) }),
    table: (place) => tableOf(editions, props.edition, place),
    editions: () => editions,
    options: (table, place) => {
      checkEdition(table, editions, namesIn, props as Props, place);
      return givenOptions(table, props as Props, place);
    },
    optionNames: { nameOf: propName, fixOf: (choices) => choiceProps(choices, editions) },
    bind: (table, place, choices, scope) => bindRoles({ scope, id, table, props: props as Props, place, choices }),
  };
}

function formOf(editions: readonly PortTable[]): PropsForm<object> {
  const roles = [...new Set(editions.flatMap(roleIds))].map(propName);
  const options = editions.flatMap(({ options: ofTable = [] }) => ofTable.map(({ id }) => propName(id)));
  const endpoint = ENDPOINT_USES[editions[0].id] === undefined ? [] : ['endpoint'];
  const names = Object.fromEntries([...roles, ...options, ...endpoint].map((name) => [name, true]));
  return {
    needed: 'the machines of its roles',
    example: `{ ${roles.join(', ')} }`,
    names: { ...names, ...EDITIONED_RULES_PROPS },
  };
}

function roleIds(table: PortTable): string[] {
  return allFlows(table).flatMap(({ source, destination }) => [source.id, destination.id]);
}

/** Returns the ids of roles and options. */
function namesIn(table: PortTable): { id: string; kind: 'role' | 'option' }[] {
  return [
    ...[...new Set(roleIds(table))].map((id) => ({ id, kind: 'role' as const })),
    ...(table.options ?? []).map(({ id }) => ({ id, kind: 'option' as const })),
  ];
}

/** What the machines of roles are bound to. */
interface Request {
  readonly scope: Construct;
  /** The id of the table. */
  readonly id: string;
  readonly table: PortTable;
  readonly props: Props;
  readonly place: string;
  readonly choices: Choices;
}

function bindRoles(request: Request): Binding[] {
  const { table, props } = request;
  const given: Record<string, BoundRole> = {};
  for (const id of new Set(roleIds(table))) {
    const peer = machinesOfRole(id, request);
    if (peer === undefined) checkNotNeeded(id, request);
    else given[id] = boundRole(propName(id), peer);
  }
  for (const id of Object.keys(given)) if (props[propName(id)] !== undefined) checkUsed(id, request);
  return bindGiven(allFlows(table), given);
}

/** Returns the machines of a role: those that the props give, else those of the endpoint. */
function machinesOfRole(role: string, { scope, id, props, place }: Request): IPeer | undefined {
  const prop = propName(role);
  const given = props[prop] as IPeer | undefined;
  const part = ENDPOINT_USES[id]?.roles[role];
  return part === undefined ? given : endpointMachines(given, props.endpoint, { scope, place, prop, part });
}

/**
 * Throws if rows are open that need the machines of a role that was not given. The rows of an optional flow need them only if the props
 * choose an option that opens them.
 */
function checkNotNeeded(id: string, { id: ofTable, table, props, place, choices }: Request): void {
  const chosen = new Set(
    (table.options ?? []).map((option) => option.id).filter((each) => props[propName(each)] !== undefined),
  );
  const open = table.flows
    .map((flow) => openRows(flow, choices))
    .map((flow) =>
      flow.optional
        ? {
            ...flow,
            rows: flow.rows.filter((row) => Object.keys(conditionOf(flow, row)).some((each) => chosen.has(each))),
          }
        : flow,
    );
  const needed = openedFlows(open, props.omit).filter((flow) => hasRole(flow, id));
  if (needed.length === 0) return;
  const elsewhere = new Set(
    allFlows(table)
      .filter((flow) => !hasRole(flow, id))
      .flatMap(namesOf),
  );
  const omitted = needed.flatMap((flow) =>
    flow.rows.map((row) => (elsewhere.has(row.name) ? flowKey(flow, row) : row.name)),
  );
  const all = [...(Array.isArray(props.omit) ? props.omit : []), ...omitted];
  const part = props.endpoint && ENDPOINT_USES[ofTable]?.roles[id];
  const fix = part ? `${part} in the ControlPlaneEndpoint` : `omit: [${[...new Set(all)].map(shown).join(', ')}]`;
  const rows = [...new Set(needed.flatMap(namesOf))];
  throw refusal(place, 'role-missing', `${propName(id)} is needed for ${rows.join(' and ')}`, 'nothing', fix);
}

function namesOf({ rows }: DocumentedFlow): string[] {
  return rows.map(({ name }) => name);
}

/** Throws if a role was given that has rows only with other choices, because nothing would be opened for its machines. */
function checkUsed(id: string, { table, place, choices }: Request): void {
  const rows = allFlows(table)
    .filter((flow) => hasRole(flow, id))
    .flatMap((flow) => flow.rows.map((row) => unmetCondition(flow, row, choices)));
  if (rows.some((unmet) => Object.keys(unmet).length === 0)) return;
  const fix = Object.fromEntries(Object.entries(rows[0]).map(([option, [choice]]) => [option, choice]));
  const need = `${propName(id)} must be left out, because the chosen options open no row for it`;
  throw refusal(place, 'role-closed', need, 'machines', choiceProps(fix, [table]));
}

function hasRole({ source, destination }: DocumentedFlow, id: string): boolean {
  return source.id === id || destination.id === id;
}
