import type { Construct, IConstruct } from 'constructs';
import { commitHostnames, type Opened } from '../framework/commit';
import { isHostnameFilter, type IHostnameFilter } from '../model/host-filter';
import type { HostnameRow, HostnameSupplement, HostnameTable } from '../model/host-table';
import { isWildcard } from '../model/host-name';
import { nearestName } from '../model/nearest-name';
import type { OutboundHostname } from '../model/outbound-host';
import { refusal, shown } from '../model/refusal';
import { tableAgreement } from '../model/table-copy';
import type { DocumentedHostnamesProps } from './documented-hosts';
import { placeOf } from './open-flows';

/** What a construct has let out. */
export interface LetOut extends Opened {
  readonly hostnames: OutboundHostname[];
  readonly ids: string[];
}

/** Lets the hosts of a table out through a filter: all that are asked for, or none and an error. */
export function openHostnames(scope: Construct, table: HostnameTable, props: DocumentedHostnamesProps): LetOut {
  const place = placeOf(scope);
  const filter = checkedFilter(props.through, place);
  const omit = namedRows('omit', props.omit, table.hostnames, place);
  const supplements = namedRows('supplements', props.supplements, table.supplements ?? [], place);
  const rows: readonly (HostnameRow & Partial<HostnameSupplement>)[] = [
    ...table.hostnames.filter((row) => !omit.includes(row)),
    ...supplements,
  ];
  if (rows.length === 0) throw refusal(place, 'at least one host must be left', 'none', 'no construct at all');
  checkWildcards(filter, rows, place);
  const hostnames = rows.map((row) =>
    Object.freeze({
      key: row.name,
      table,
      row,
      supplement: row.reason,
      through: filter.label,
      external: filter.cloud === 'external',
      constructPath: scope.node.path,
    }),
  );
  const rules = filter._allowOutbound({ scope, place, table, hostnames });
  const opened = commitHostnames({ scope, place, hostnames, rules, agreements: [tableAgreement(table)] });
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
    'through must be what lets hosts out by their names',
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

function checkWildcards(filter: IHostnameFilter, rows: readonly HostnameRow[], place: string): void {
  if (filter.supportsWildcards) return;
  const wildcards = rows.filter(({ hostname }) => isWildcard(hostname));
  if (wildcards.length === 0) return;
  const [{ hostname, name }] = wildcards;
  const more = wildcards.length > 1 ? ` and ${wildcards.length - 1} more` : '';
  const names = wildcards.map((row) => shown(row.name)).join(', ');
  throw refusal(
    place,
    `${filter.label} lets out exact names only`,
    `${shown(hostname)} of row ${name}${more}`,
    `a GcpSecureWebProxy, or omit: [${names}] and a table of your own with the exact names`,
  );
}
