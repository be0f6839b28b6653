import { Construct, type IConstruct } from 'constructs';
import {
  Cloud,
  type IDependableResource,
  type IHostnameFilter,
  isHostnameFilter,
  type OutboundHostname,
  type Ownership,
} from '../access';
import { checkProps, checkScope, nearestName, type PropsForm, readOnlyCopy, refusal, shown } from '../input';
import { checkHostname, isWildcard } from '../net';
import {
  checkedChoices,
  checkedParameters,
  checkParametersGiven,
  type Choices,
  filledHostname,
  type HostnameRow,
  type HostnameSupplement,
  type HostnameTable,
  isMet,
  type OptionNames,
  type ParameterNames,
  parametersIn,
} from '../tables';
import { noteLaterEdition, warnOfPublicHosting } from './annotations';
import { checkNotClosed, IN_OPTIONS } from './chosen-options';
import { checkRowList } from './chosen-rows';
import { commitHostnames, type Opened, tableAgreement } from './commit';
import { placeOf } from './open-flows';
import { checkedOwnerships } from './ownerships';

/** The props of every construct that allows documented hostnames. */
export interface DocumentedHostnamesProps {
  /** The filter that allows the hostnames. */
  readonly through: IHostnameFilter;
  /**
   * Hostnames that are not allowed, by the names of their rows.
   * @default - every hostname of the document is allowed
   */
  readonly omit?: string[];
  /**
   * Further hostnames that the document leaves out, by the names of their rows.
   * @default - none
   */
  readonly supplements?: string[];
  /**
   * Who wants the hostnames, why, and until when: `{ owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' }`. It is in the descriptions
   * of rules, in every list and in access requests, and `cluster-ports lint` finds what has expired. It changes no rule.
   * @default - nobody is named
   */
  readonly ownership?: Ownership;
  /**
   * The ownership of single hostnames, by the names of their rows. It takes the place of `ownership` as a whole.
   * @default - every hostname has the ownership of the construct
   */
  readonly rowOwnership?: Record<string, Ownership>;
}

/** A construct that allows documented hostnames. */
export interface IDocumentedHostnames extends IConstruct {
  /** The hostnames that this construct allows, and those that the firewall team is asked to allow. */
  readonly hostnames: OutboundHostname[];
  /** The resources that allow the hostnames, for `dependsOn` of other resources. */
  readonly dependables: IDependableResource[];
  /** The same resources, in the same order, for `addOverride` after a cast to `TerraformResource`. */
  readonly resources: IConstruct[];
  /** The ids of these resources, known after apply. On AWS they are the ARNs of rule groups, for a firewall policy. */
  readonly ids: string[];
}

/** What `DocumentedHostnames` needs from a construct. */
export interface HostnamesRequest {
  readonly props: DocumentedHostnamesProps;
  readonly form: PropsForm<object>;
  /** Returns the hostname table that the props choose. */
  readonly table: (place: string) => HostnameTable;
  /** Returns the names of the rows that are not allowed, if they depend on more than `omit`. */
  readonly omit?: (table: HostnameTable, place: string) => string[] | undefined;
  /** The choices of options that the props give; the other options have their defaults. */
  readonly options?: (table: HostnameTable, place: string) => Record<string, string> | undefined;
  /** The values of parameters that the props give. */
  readonly parameters?: (table: HostnameTable) => Record<string, unknown> | undefined;
  /**
   * How the props name options.
   * @default - in the prop `options`
   */
  readonly optionNames?: OptionNames;
  /**
   * How the props name parameters.
   * @default - in the prop `parameters`
   */
  readonly parameterNames?: ParameterNames;
  /** The editions of the table that this package has; empty for a table of a user. */
  readonly editions: readonly HostnameTable[];
}

/** The names of parameters in the prop `parameters`. */
const IN_PARAMETERS: ParameterNames = {
  nameOf: (parameter) => `parameters[${shown(parameter)}]`,
  fixOf: (values) =>
    `parameters: { ${Object.entries(values)
      .map(([parameter, value]) => `${shown(parameter)}: ${shown(value)}`)
      .join(', ')} }`,
};

/**
 * Allows documented hostnames. It is the base class of every construct that does so. Warns about each wildcard under which anyone can
 * publish, such as `*.amazonaws.com`.
 *
 * Use it only as a type: classes outside this package cannot extend it.
 */
export abstract class DocumentedHostnames extends Construct implements IDocumentedHostnames {
  private allowed: AllowedHostnames = { hostnames: [], ids: [], dependables: [], resources: [] };

  protected constructor(scope: Construct, id: string) {
    checkScope(scope, id, new.target.name);
    super(scope, id);
  }

  /** The hostnames that this construct allows, and those that the firewall team is asked to allow. */
  public get hostnames(): OutboundHostname[] {
    return this.allowed.hostnames;
  }

  /** The resources that allow the hostnames, for `dependsOn` of other resources. */
  public get dependables(): IDependableResource[] {
    return this.allowed.dependables;
  }

  /** The same resources, in the same order, for `addOverride` after a cast to `TerraformResource`. */
  public get resources(): IConstruct[] {
    return this.allowed.resources;
  }

  /** The ids of these resources, known after apply. On AWS they are the ARNs of rule groups, for a firewall policy. */
  public get ids(): string[] {
    return this.allowed.ids;
  }

  /**
   * Allows the hostnames of the table that the props choose. Creates nothing if it throws.
   * @internal
   */
  protected _open(request: HostnamesRequest): void {
    const { props, form, table, omit, optionNames = IN_OPTIONS, parameterNames = IN_PARAMETERS, editions } = request;
    const place = placeOf(this);
    checkProps(props, form, place);
    const chosen = table(place);
    const choices = checkedChoices(chosen, request.options?.(chosen, place), optionNames, place);
    const values = checkedParameters(chosen, request.parameters?.(chosen), parameterNames.nameOf, place);
    const closed = omit ? omit(chosen, place) : props.omit;
    this.allowed = openHostnames(this, {
      table: chosen,
      choices,
      optionNames,
      fill: (rows) => {
        checkParametersGiven(chosen, values, rows, { ...parameterNames, place });
        return (row) => withParameters(row, values, place);
      },
      props: { ...props, omit: closed, omittedByUser: props.omit },
    });
    noteLaterEdition(this, chosen, editions, choices);
    warnOfPublicHosting(this, this.hostnames);
  }
}

interface AllowedHostnames extends Opened {
  readonly hostnames: OutboundHostname[];
  readonly ids: string[];
}

/** The hostnames that a construct does not allow, by the names of their rows: in `omit` also those that the other props leave out. */
interface ChosenHostnames extends DocumentedHostnamesProps {
  readonly omittedByUser?: string[];
}

/** What `openHostnames` allows. */
interface OpenRequest {
  readonly table: HostnameTable;
  readonly choices: Choices;
  readonly optionNames: OptionNames;
  /** Throws unless the rows have the values of their parameters, and returns what puts these into a row. */
  readonly fill: (rows: readonly AnyRow[]) => (row: AnyRow) => AnyRow;
  readonly props: ChosenHostnames;
}

/** A row of the document, or a supplement. */
type AnyRow = HostnameRow & Partial<HostnameSupplement>;

function openHostnames(scope: Construct, request: OpenRequest): AllowedHostnames {
  const { table, choices, props } = request;
  const place = placeOf(scope);
  const filter = checkedFilter(props.through, place);
  const omit = namedRows('omit', props.omit, table.hostnames, place);
  const supplements = namedRows('supplements', props.supplements, table.supplements ?? [], place);
  const documented: readonly AnyRow[] = table.hostnames.filter(({ when }) => isMet(when, choices));
  const { ownership, rowOwnership } = checkedOwnerships(props, place);
  checkOpen(request, Object.keys(rowOwnership), place);
  const filled = request.fill([...documented, ...supplements]);
  const rows = [...documented.filter((row) => !omit.includes(row)), ...supplements].map(filled);
  if (rows.length === 0) throw nothingLeft(table, place);
  checkWildcards(filter, rows, place);
  namedRows('rowOwnership', Object.keys(rowOwnership), rows, place);
  const options = table.options === undefined ? undefined : readOnlyCopy(choices);
  const hostnameOf = (row: AnyRow): OutboundHostname =>
    readOnlyCopy({
      key: row.name,
      table,
      row,
      supplement: row.reason,
      supplementReference: row.reference,
      options,
      ownership: Object.hasOwn(rowOwnership, row.name) ? rowOwnership[row.name] : ownership,
      through: filter.label,
      external: filter.cloud === Cloud.EXTERNAL,
      constructPath: scope.node.path,
    });
  const hostnames = rows.map(hostnameOf);
  const omitted = documented
    .filter(({ name }) => props.omittedByUser?.includes(name))
    .map(filled)
    .map(hostnameOf);
  const rules = filter._allowOutbound({ scope, place, table, hostnames });
  const agreements = [tableAgreement(table)];
  const opened = commitHostnames({ scope, place, hostnames, omitted, filter, rules, agreements });
  return {
    hostnames,
    ...opened,
    ids: opened.resources.map((resource) => (resource as IConstruct & { id: string }).id),
  };
}

/** Throws if a prop names a row that the choices close. */
function checkOpen({ table, choices, optionNames, props }: OpenRequest, owned: readonly string[], place: string): void {
  const { omittedByUser = [], supplements = [] } = props;
  const rows = [...table.hostnames, ...(table.supplements ?? [])];
  checkNotClosed(
    { omit: omittedByUser, supplements, rowOwnership: owned },
    {
      table,
      rows: () => rows.map(({ name, when }) => ({ names: [name], condition: when })),
      choices,
      optionNames,
      place,
    },
  );
}

function nothingLeft(table: HostnameTable, place: string): Error {
  const closed = table.options === undefined ? 'omitted' : 'omitted, or closed by an option';
  const need = `every hostname is ${closed}, so nothing would be allowed; remove this construct instead`;
  return refusal(place, 'nothing-left', need);
}

/** Returns a row with the values of the parameters in its hostname. */
function withParameters(row: AnyRow, values: Readonly<Record<string, string>>, place: string): AnyRow {
  if (parametersIn(row.hostname).length === 0) return row;
  const hostname = checkHostname(filledHostname(row.hostname, values), `${place}, row ${row.name}`);
  return readOnlyCopy({ ...row, hostname });
}

function checkedFilter(through: IHostnameFilter, place: string): IHostnameFilter {
  if (isHostnameFilter(through)) return through;
  throw refusal(
    place,
    'hostname-filter-required',
    'through must be a hostname filter',
    shown(through),
    'an AwsNetworkFirewallRuleGroup, a GcpSecureWebProxy, a GcpFirewallPolicy, or ExternalProxy.named(name)',
  );
}

function namedRows<T extends HostnameRow>(
  prop: string,
  names: readonly string[] | undefined,
  rows: readonly T[],
  place: string,
): T[] {
  if (names === undefined) return [];
  checkRowList(prop, names, place);
  const known = rows.map(({ name }) => name);
  for (const name of names as readonly unknown[]) {
    if (known.includes(name as string)) continue;
    const nearest = typeof name === 'string' ? nearestName(name, known) : undefined;
    const list = known.length === 0 ? 'it has none' : known.join(', ');
    const need = `${prop} must name rows of the table (${list})`;
    throw refusal(place, 'row-unknown', need, shown(name), nearest && shown(nearest));
  }
  return rows.filter(({ name }) => names.includes(name));
}

function checkWildcards(filter: IHostnameFilter, rows: readonly HostnameRow[], place: string): void {
  if (filter.supportsWildcards) return;
  const wildcards = rows.filter(({ hostname }) => isWildcard(hostname));
  if (wildcards.length === 0) return;
  const [{ hostname, name }] = wildcards;
  const more = wildcards.length > 1 ? ` and ${wildcards.length - 1} more` : '';
  const names = wildcards.map((row) => shown(row.name)).join(', ');
  throw refusal(
    place,
    'wildcard-not-supported',
    `${filter.label} allows only exact hostnames`,
    `${shown(hostname)} of row ${name}${more}`,
    `a GcpSecureWebProxy, or omit: [${names}] and a table of your own with the exact hostnames`,
  );
}
