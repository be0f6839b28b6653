import type { Construct, IConstruct } from 'constructs';
import { commitHosts, type Opened } from '../framework/commit';
import { isHostFilter, type IHostFilter } from '../model/host-filter';
import type { HostRow, HostSupplement, HostTable } from '../model/host-table';
import { isWildcard } from '../model/host-name';
import { nearestName } from '../model/nearest-name';
import type { OutboundHost } from '../model/outbound-host';
import { refusal, shown } from '../model/refusal';
import { tableAgreement } from '../model/table-copy';
import type { DocumentedHostsProps } from './documented-hosts';
import { placeOf } from './open-flows';

/** What a construct has let out. */
export interface LetOut extends Opened {
  readonly hosts: OutboundHost[];
  readonly ids: string[];
}

/** Lets the hosts of a table out through a filter: all that are asked for, or none and an error. */
export function letOutHosts(scope: Construct, table: HostTable, props: DocumentedHostsProps): LetOut {
  const place = placeOf(scope);
  const filter = checkedFilter(props.through, place);
  const omit = namedRows('omit', props.omit, table.hosts, place);
  const supplements = namedRows('supplements', props.supplements, table.supplements ?? [], place);
  const rows: readonly (HostRow & Partial<HostSupplement>)[] = [
    ...table.hosts.filter((row) => !omit.includes(row)),
    ...supplements,
  ];
  if (rows.length === 0) throw refusal(place, 'at least one host must be left', 'none', 'no construct at all');
  checkWildcards(filter, rows, place);
  const hosts = rows.map((row) =>
    Object.freeze({
      key: row.name,
      table,
      row,
      supplement: row.reason,
      through: filter.label,
      external: filter.cloud === 'external',
      askedBy: scope.node.path,
    }),
  );
  const rules = filter._letOut({ scope, place, table, hosts });
  const opened = commitHosts({ scope, place, hosts, rules, agreements: [tableAgreement(table)] });
  return { hosts, ...opened, ids: opened.resources.map((resource) => (resource as IConstruct & { id: string }).id) };
}

function checkedFilter(through: IHostFilter, place: string): IHostFilter {
  if (isHostFilter(through)) return through;
  throw refusal(
    place,
    'through must be what lets hosts out by their names',
    shown(through),
    'an AwsNetworkFirewallRuleGroup, a GcpSecureWebProxy, a GcpFirewallPolicy, or ExternalProxy.named(name)',
  );
}

function namedRows<T extends HostRow>(
  prop: string,
  names: readonly string[] | undefined,
  rows: readonly T[],
  place: string,
): T[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) throw refusal(place, `${prop} must be a list of row names`, shown(names));
  const known = rows.map(({ name }) => name);
  for (const name of names as readonly unknown[]) {
    if (known.includes(name as string)) continue;
    const nearest = typeof name === 'string' ? nearestName(name, known) : undefined;
    const list = known.length === 0 ? 'it has none' : known.join(', ');
    throw refusal(place, `${prop} must name hosts of the table (${list})`, shown(name), nearest && shown(nearest));
  }
  return rows.filter(({ name }) => names.includes(name));
}

function checkWildcards(filter: IHostFilter, rows: readonly HostRow[], place: string): void {
  if (filter.takesWildcards) return;
  const wildcards = rows.filter(({ host }) => isWildcard(host));
  if (wildcards.length === 0) return;
  const [{ host, name }] = wildcards;
  const more = wildcards.length > 1 ? ` and ${wildcards.length - 1} more` : '';
  const names = wildcards.map((row) => shown(row.name)).join(', ');
  throw refusal(
    place,
    `${filter.label} lets out exact names only`,
    `${shown(host)} of row ${name}${more}`,
    `a GcpSecureWebProxy, or omit: [${names}] and a table of your own with the exact names`,
  );
}
