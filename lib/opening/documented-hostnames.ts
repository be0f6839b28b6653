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
import { isWildcard } from '../net';
import type { HostnameRow, HostnameSupplement, HostnameTable } from '../tables';
import { noteLaterEdition } from './annotations';
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
  /** The editions of the table that this package has; empty for a table of a user. */
  readonly editions: readonly HostnameTable[];
}

/**
 * Allows documented hostnames. It is the base class of every construct that does so.
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
  protected _open({ props, form, table, omit, editions }: HostnamesRequest): void {
    const place = placeOf(this);
    checkProps(props, form, place);
    const chosen = table(place);
    const closed = omit ? omit(chosen, place) : props.omit;
    this.allowed = openHostnames(this, chosen, { ...props, omit: closed, omittedByUser: props.omit });
    noteLaterEdition(this, chosen, editions);
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

function openHostnames(scope: Construct, table: HostnameTable, props: ChosenHostnames): AllowedHostnames {
  const place = placeOf(scope);
  const filter = checkedFilter(props.through, place);
  const omit = namedRows('omit', props.omit, table.hostnames, place);
  const supplements = namedRows('supplements', props.supplements, table.supplements ?? [], place);
  const rows: readonly (HostnameRow & Partial<HostnameSupplement>)[] = [
    ...table.hostnames.filter((row) => !omit.includes(row)),
    ...supplements,
  ];
  if (rows.length === 0) {
    const need = 'every hostname is omitted, so nothing would be allowed; remove this construct instead';
    throw refusal(place, 'nothing-left', need);
  }
  checkWildcards(filter, rows, place);
  const { ownership, rowOwnership } = checkedOwnerships(props, place);
  namedRows('rowOwnership', Object.keys(rowOwnership), rows, place);
  const hostnameOf = (row: HostnameRow & Partial<HostnameSupplement>): OutboundHostname =>
    readOnlyCopy({
      key: row.name,
      table,
      row,
      supplement: row.reason,
      supplementReference: row.reference,
      ownership: Object.hasOwn(rowOwnership, row.name) ? rowOwnership[row.name] : ownership,
      through: filter.label,
      external: filter.cloud === Cloud.EXTERNAL,
      constructPath: scope.node.path,
    });
  const hostnames = rows.map(hostnameOf);
  const omitted = table.hostnames.filter(({ name }) => props.omittedByUser?.includes(name)).map(hostnameOf);
  const rules = filter._allowOutbound({ scope, place, table, hostnames });
  const agreements = [tableAgreement(table)];
  const opened = commitHostnames({ scope, place, hostnames, omitted, filter, rules, agreements });
  return {
    hostnames,
    ...opened,
    ids: opened.resources.map((resource) => (resource as IConstruct & { id: string }).id),
  };
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
