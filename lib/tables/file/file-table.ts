import { nearestName, refusal, shown } from '../../input';
import type { DocumentedFlow, PortRow, PortTable, Role, Supplement, TableOption } from '../port-table';
import type { Where } from '../table-laws';

/** What the rows of a file may leave to their flow. */
type Inherited = Pick<PortRow, 'section' | 'protocolBasis' | 'directionBasis' | 'level' | 'internal'>;

/** One value of a condition. In a file, a flag is true or false. */
type Choice = string | boolean;

/** The choices of a condition in a file: one, or a list. */
export type Conditions = Readonly<Record<string, Choice | readonly Choice[]>>;

/** A role, the id of a role in `roles`, or a list of ids. */
type Ends = Role | string | readonly string[];

type FileRow = Omit<PortRow, keyof Inherited | 'when'> & Partial<Inherited> & { readonly when?: Conditions };

interface FileFlow extends Omit<DocumentedFlow, 'source' | 'destination' | 'rows' | 'when'>, Partial<Inherited> {
  readonly source: Ends;
  readonly destination: Ends;
  readonly rows: readonly FileRow[];
  readonly when?: Conditions;
}

/** An option in a file, where the default of a flag is true or false. */
export type FileOption = Omit<TableOption, 'default'> & { readonly default: Choice };

/** A table as it is in a file: shorter than in memory, where each row has everything and each flow has one pair of roles. */
export interface FileTable extends Omit<PortTable, 'flows' | 'supplements' | 'options'> {
  readonly $schema?: string;
  readonly roles?: readonly Role[];
  readonly options?: readonly FileOption[];
  readonly flows: readonly FileFlow[];
  readonly supplements?: readonly (FileFlow & Pick<Supplement, 'reason' | 'reference'>)[];
}

/** A path of a table in memory, as paths in the file: the first one that exists has the value. */
type Paths = readonly (readonly (string | number)[])[];

interface Expanded {
  readonly table: PortTable;
  /** Returns where the file has a part of the table. */
  readonly pathsOf: (path: readonly (string | number)[]) => Paths;
}

/** Returns a table with one flow for each pair of roles, and with everything that rows leave to their flow. */
export function expandedTable(file: FileTable, place: string, where: Where): Expanded {
  const { roles, options, flows, supplements } = file;
  const at = `${place}, table ${file.id}`;
  const roleIds = new RoleIds(roles ?? [], at, where);
  const expand = (part: 'flows' | 'supplements', list: readonly FileFlow[]): Origin[] =>
    list.flatMap((flow, index) => {
      const [sources, destinations] = (['source', 'destination'] as const).map((end) =>
        roleIds.rolesOf(flow[end], where([part, index, end])),
      );
      if (flow.name !== undefined && sources.length * destinations.length > 1) {
        const need = 'name must be of a flow between two roles, because rules are named after it';
        const got = `${sources.length * destinations.length} pairs of roles`;
        throw refusal(at + where([part, index, 'name']), 'table-flow-name-invalid', need, got);
      }
      const rows = flow.rows.map((row, number) => wholeRow(flow, row, at + where([part, index, 'rows', number])));
      return sources.flatMap((source) =>
        destinations.map((destination) => ({ index, flow: flowBetween(flow, { source, destination, rows }) })),
      );
    });
  const documented = expand('flows', flows);
  const others = expand('supplements', supplements ?? []);
  roleIds.checkUsed();
  const table: PortTable = {
    ...(without(file, ['$schema', 'roles', 'options', 'flows', 'supplements']) as unknown as PortTable),
    ...(options && { options: wholeOptions(options) }),
    flows: documented.map(({ flow }) => flow),
    ...(supplements && { supplements: others.map(({ flow }) => flow as Supplement) }),
  };
  return { table, pathsOf: pathsIn({ flows: documented, supplements: others }) };
}

/** A flow, and the index of the flow in the file that it was made from. */
interface Origin {
  readonly index: number;
  readonly flow: DocumentedFlow;
}

function pathsIn(origins: Readonly<Record<'flows' | 'supplements', readonly Origin[]>>): Expanded['pathsOf'] {
  return (path) => {
    const [part, index, ...rest] = path;
    if ((part !== 'flows' && part !== 'supplements') || index === undefined) return [path];
    const flow = [part, origins[part][index as number].index];
    const [rows, number, ...inRow] = rest;
    if (rows !== 'rows' || number === undefined) return [[...flow, ...rest], flow];
    return [
      [...flow, ...rest],
      [...flow, ...inRow],
      [...flow, rows, number],
    ];
  };
}

const INHERITED = [
  'section',
  'protocolBasis',
  'directionBasis',
  'level',
  'internal',
] as const satisfies (keyof Inherited)[];
const REQUIRED = ['section', 'protocolBasis'] as const satisfies (keyof Inherited)[];

/** Returns a row with what it leaves to its flow. */
function wholeRow(flow: FileFlow, { when, ...row }: FileRow, place: string): PortRow {
  const inherited = INHERITED.filter((name) => row[name] === undefined && flow[name] !== undefined);
  const whole = { ...Object.fromEntries(inherited.map((name) => [name, flow[name]])), ...row };
  const missing = REQUIRED.find((name) => whole[name] === undefined);
  if (missing !== undefined) {
    const need = `row ${row.name} or its flow must have ${missing}`;
    throw refusal(place, 'table-key-missing', need, 'nothing');
  }
  return { ...(whole as PortRow), ...condition(when) };
}

function flowBetween(flow: FileFlow, ends: Pick<DocumentedFlow, 'source' | 'destination' | 'rows'>): DocumentedFlow {
  return { ...without(flow, INHERITED), ...condition(flow.when), ...ends };
}

/** Returns an object without some of its properties. */
export function without(value: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Returns options as they are in memory, where every default is text. */
export function wholeOptions(options: readonly FileOption[]): TableOption[] {
  return options.map((option) => ({ ...option, default: String(option.default) }));
}

/** Returns a condition as it is in memory, where every option has a list of texts. */
export function condition(when: Conditions | undefined): Pick<PortRow, 'when'> {
  if (when === undefined) return {};
  const entries = Object.entries(when).map(([option, choices]) => [option, [choices].flat().map(String)]);
  return { when: Object.fromEntries(entries) as Record<string, string[]> };
}

/** The roles that a file lists, and which of them its flows name. */
class RoleIds {
  private readonly used = new Set<string>();

  constructor(
    private readonly roles: readonly Role[],
    private readonly place: string,
    private readonly where: Where,
  ) {
    const ids = roles.map(({ id }) => id);
    const second = ids.findIndex((id, index) => ids.indexOf(id) !== index);
    if (second === -1) return;
    const need = 'the roles of a table must have different ids';
    throw refusal(place + where(['roles', second]), 'table-entry-repeated', need, `${shown(ids[second])} twice`);
  }

  /** Returns the roles at one end of a flow. */
  public rolesOf(ends: Ends, line: string): Role[] {
    if (typeof ends === 'object' && !Array.isArray(ends)) return [ends as Role];
    const ids = [ends as string | readonly string[]].flat();
    if (ids.length === 0) {
      throw refusal(this.place + line, 'table-list-empty', 'an end of a flow must have at least one role', 'none');
    }
    return ids.map((id, index) => {
      const role = this.roles.find((each) => each.id === id);
      if (role === undefined) throw this.unknown(id, line);
      if (ids.indexOf(id) !== index) {
        const need = 'an end of a flow must name each role once';
        throw refusal(this.place + line, 'table-entry-repeated', need, `${shown(id)} twice`);
      }
      this.used.add(id);
      return role;
    });
  }

  /** Throws if no flow names a role. */
  public checkUsed(): void {
    const unused = this.roles.findIndex(({ id }) => !this.used.has(id));
    if (unused === -1) return;
    const place = this.place + this.where(['roles', unused]);
    const { id } = this.roles[unused];
    throw refusal(place, 'table-role-unused', `role ${id} must be the source or destination of a flow`, 'no flow');
  }

  private unknown(id: string, line: string): Error {
    const ids = this.roles.map((role) => role.id);
    const nearest = nearestName(id, ids);
    const need = `the roles of flows must be in roles (${ids.join(', ') || 'it has none'})`;
    return refusal(this.place + line, 'table-role-unknown', need, shown(id), nearest && shown(nearest));
  }
}
