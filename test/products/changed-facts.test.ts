import { basename } from 'node:path';
import { tableByKey } from '../../lib/products/catalog';
import { choicesOf, type PortTable, tableKey } from '../../lib/tables';
import { conditionOf } from '../../lib/tables/options';
import { Basis, type DocumentedFlow, type PortRow, type TableOption } from '../../lib/tables/port-table';
import { AddressFamily, Port, Protocol } from '../../lib/net';
import { LISTED_TABLES } from './catalog-files';
import { differences, DOCUMENT_FILES, wrongDefaults } from './document-lines';
import frozen from './frozen-editions.json';
import { rowLines } from './row-lines';

// Changes every fact of every table, one at a time in memory, and expects the comparison with its document to notice it.

/** A table with one changed fact. */
interface Changed {
  readonly what: string;
  readonly table: PortTable;
}

/** Returns a row with another port, another protocol, another condition and another family. */
function changedRows(
  flow: DocumentedFlow,
  row: PortRow,
  options: readonly TableOption[],
): { what: string; row: PortRow }[] {
  const { port, when, family } = row;
  const changed = [
    { what: 'port', row: { ...row, port: nextPort(port) } },
    { what: 'protocol', row: { ...row, port: otherProtocol(port) } },
    { what: 'family', row: { ...row, family: family === AddressFamily.IPV6 ? undefined : AddressFamily.IPV6 } },
  ];
  const closed = options.find(({ id }) => conditionOf(flow, row)[id] === undefined);
  if (closed !== undefined) {
    changed.push({ what: 'option', row: { ...row, when: { ...when, [closed.id]: [choicesOf(closed)[0]] } } });
  }
  if (when !== undefined) changed.push({ what: 'condition', row: { ...row, when: undefined } });
  return changed;
}

function nextPort(port: Port): Port {
  const { protocol, fromPort } = port;
  if (protocol === Protocol.IP) return Port.ip(fromPort === 112 ? 4 : 112);
  if (protocol === Protocol.ICMP) return Port.icmp(fromPort === 3 ? 8 : 3);
  return fromPort === port.toPort ? moved(port, fromPort + 1, fromPort + 1) : moved(port, fromPort + 1, port.toPort);
}

function moved({ protocol }: Port, from: number, to: number): Port {
  return Port.parse(`${from === to ? from : `${from}-${to}`}/${protocol}`);
}

function otherProtocol({ protocol, fromPort, toPort }: Port): Port {
  if (protocol === Protocol.IP || protocol === Protocol.ICMP) return Port.tcp(1);
  return Port.parse(
    `${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}/${protocol === Protocol.TCP ? 'udp' : 'tcp'}`,
  );
}

function withFlow(table: PortTable, index: number, flow: DocumentedFlow): PortTable {
  return { ...table, flows: table.flows.map((each, at) => (at === index ? flow : each)) };
}

function changesOf(table: PortTable): Changed[] {
  return table.flows.flatMap((flow, index) => {
    const { source, destination, rows } = flow;
    const name = `${source.id}>${destination.id}`;
    const other = { id: 'other', title: 'other' };
    const roles = [
      { what: `the source of ${name}`, table: withFlow(table, index, { ...flow, source: other }) },
      { what: `the destination of ${name}`, table: withFlow(table, index, { ...flow, destination: other }) },
      { what: `the flow ${name}`, table: { ...table, flows: table.flows.filter((each) => each !== flow) } },
    ];
    const ofRows = rows.flatMap((row, at) =>
      [...changedRows(flow, row, table.options ?? []), { what: 'presence', row: undefined }].map(
        ({ what, row: changed }) => ({
          what: `the ${what} of ${name}/${row.name}`,
          table: withFlow(table, index, {
            ...flow,
            rows: rows.flatMap((each, number) => (number === at ? (changed ?? []) : each)),
          }),
        }),
      ),
    );
    return [...roles, ...ofRows];
  });
}

/** Returns the table with each default of each option changed to each of the other choices. */
function changedDefaults(table: PortTable): Changed[] {
  return (table.options ?? []).flatMap((option, at) =>
    choicesOf(option)
      .filter((choice) => choice !== option.default)
      .map((choice) => ({
        what: `the default of ${option.id}, to ${choice}`,
        table: {
          ...table,
          options: table.options!.map((each, index) => (index === at ? { ...option, default: choice } : each)),
        },
      })),
  );
}

test.each(DOCUMENT_FILES.map((document) => ({ key: basename(document.table, '.yaml'), document })))(
  'the lines of $key notice every changed fact',
  ({ key, document }) => {
    const original = tableByKey(key)!;
    const changes = [...changesOf(original), ...changedDefaults(original)];
    expect(changes.length).toBeGreaterThan(5);
    const unnoticed = changes.filter(({ table }) => {
      const { missing, extra } = differences(table, document.lines);
      return missing.length + extra.length + wrongDefaults(table, document).length === 0;
    });
    expect(unnoticed.map(({ what }) => what)).toEqual([]);
  },
);

test.each(LISTED_TABLES.map((table) => ({ key: tableKey(table), table })))(
  'the frozen rows of $key notice every changed fact',
  ({ key, table }) => {
    const rows = (frozen as Readonly<Record<string, string[]>>)[key];
    const facts = changesOf(table).filter(({ what }) => !what.startsWith('the family'));
    const others = table.flows.flatMap((flow, index) =>
      flow.rows.flatMap((row, at) =>
        (
          [
            ['basis', { protocolBasis: row.protocolBasis === Basis.TABLE ? Basis.INFERRED : Basis.TABLE }],
            ['internal flag', { internal: !row.internal }],
          ] as const
        ).map(([what, changed]) => ({
          what: `the ${what} of ${row.name}`,
          table: withFlow(table, index, {
            ...flow,
            rows: flow.rows.map((each, number) => (number === at ? { ...row, ...changed } : each)),
          }),
        })),
      ),
    );
    const unnoticed = [...facts, ...others].filter((changed) => rowLines(changed.table).join() === rows.join());
    expect(rowLines(table)).toEqual(rows);
    expect(unnoticed.map(({ what }) => what)).toEqual([]);
  },
);
