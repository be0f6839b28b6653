import { grouped } from '../../input';
import type { RowJson } from '../../provenance';
import type { Configuration } from '../configuration';
import type { DocumentedRowIndex } from '../documented-row';
import type { Rule } from '../rule';
import { parsePorts, type PortInterval } from '../sets';

/** Finds the `omit` that keeps a construct from opening ports of a rule. */
export class Omissions {
  private readonly rows = new Map<string, RowJson>();
  /** The keys of the rows that a construct opens, by its path. */
  private readonly opened = new Map<string, Set<string>>();

  constructor(
    { provenance }: Configuration,
    private readonly documented: DocumentedRowIndex,
  ) {
    for (const { rows, flows } of provenance.values()) {
      for (const [key, row] of Object.entries(rows)) this.rows.set(key, row);
      for (const { construct, row } of flows) {
        this.opened.set(construct, (this.opened.get(construct) ?? new Set()).add(row));
      }
    }
  }

  /** Returns what to leave out to close only these ports: `omit: ["kubelet"] in "prod/cluster"`; nothing if no such row is known. */
  public textFor(rule: Rule, ports: readonly PortInterval[]): string | undefined {
    const byPlace = grouped(this.rowsAt(rule, ports), ({ place }) => place);
    const texts = [...byPlace].map(([place, rows]) => {
      const names = new Set(rows.map(({ name }) => JSON.stringify(name)));
      return `omit: [${[...names].join(', ')}] in ${place}`;
    });
    return texts.length === 0 ? undefined : texts.join(' and ');
  }

  private rowsAt(rule: Rule, ports: readonly PortInterval[]): { place: string; name: string }[] {
    const claims = this.documented.claimsAbout(rule);
    if (claims.length === 0) {
      const described = this.documented.of(rule);
      // a description does not say which row has which port
      if (described.length !== 1 || !areWithin(rule.ports, ports)) return [];
      return described.map(({ row, document }) => ({ place: `the construct of ${document}`, name: nameIn(row) }));
    }
    return claims.flatMap(({ flow: { port, row, construct } }) => {
      const own = parsePorts(port);
      if (own === undefined || !areWithin([own], ports)) return [];
      return [{ place: JSON.stringify(construct), name: this.nameOf(row, construct) }];
    });
  }

  /** Returns the name of a row, with its flow if the construct opens rows of this name in several flows. */
  private nameOf(key: string, construct: string): string {
    const name = nameIn(key);
    const same = [...(this.opened.get(construct) ?? [])].filter((other) => nameIn(other) === name);
    const row = this.rows.get(key);
    return same.length > 1 && row !== undefined ? `${row.source.role}>${row.destination.role}/${name}` : name;
  }
}

function nameIn(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** Whether nothing else is closed if the ports are closed. */
function areWithin(own: readonly PortInterval[], ports: readonly PortInterval[]): boolean {
  return own.every(([from, to]) => ports.some(([first, end]) => first <= from && to <= end));
}
