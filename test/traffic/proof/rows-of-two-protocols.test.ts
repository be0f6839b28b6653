import { Port, type PortRow, type PortTable, PortTables } from '../../../lib';
import { claimInDescription } from '../../../lib/traffic/proof';
import { parsePorts } from '../../../lib/traffic/sets';

interface RowOfBoth {
  readonly key: string;
  readonly row: PortRow;
}

/** The rows of all tables that are open with TCP and with UDP, by what descriptions call them. */
const rows: readonly RowOfBoth[] = PortTables.all().flatMap((table: PortTable) =>
  [...table.flows, ...(table.supplements ?? [])].flatMap((flow) =>
    flow.rows
      .filter(({ port }) => port.text.endsWith('/tcp+udp'))
      .map((row) => ({
        key: `${table.id}@${table.edition}/${flow.source.id}-to-${flow.destination.id}/${row.name}`,
        row,
      })),
  ),
);

/** Returns the rows that a description names and the ports of its rule have, or why it does not hold. */
function claimed(key: string, ports: readonly string[], moved = ''): unknown {
  const description = `Some words of the vendor${moved} [${key}]`;
  const claim = claimInDescription({
    action: 'allow',
    description,
    ports: ports.map((text) => parsePorts(text)!),
    peers: [],
  });
  return claim?.doubt ?? claim?.rows.map(({ row, port, documentedPort }) => [row, port, documentedPort]);
}

test('there are such rows', () => {
  expect(rows.length).toBeGreaterThan(3);
});

describe.each(rows)('$key', ({ key, row }) => {
  const [tcp, udp] = [`${row.port.numbers}/tcp`, `${row.port.numbers}/udp`];

  test('is open with both protocols in one rule, and with each in a rule of its own', () => {
    expect(claimed(key, [tcp, udp])).toEqual([[key, undefined, undefined]]);
    expect(claimed(key, [tcp])).toEqual([[key, undefined, undefined]]);
    expect(claimed(key, [udp])).toEqual([[key, undefined, undefined]]);
  });

  test('may be moved, with both protocols and with each', () => {
    const far = row.port.fromPort < 30_000 ? 20_000 : -20_000;
    const { numbers } = Port.tcpRange(row.port.fromPort + far, row.port.toPort + far);
    for (const name of ['tcp', 'udp']) {
      const was = `${row.port.numbers}/${name}`;
      expect(claimed(key, [`${numbers}/${name}`], `; document: ${was}`)).toEqual([[key, `${numbers}/${name}`, was]]);
    }
  });

  test('explains no port of a third protocol, and none besides its own', () => {
    expect(claimed(key, [`${row.port.numbers}/sctp`])).toMatch(/^.* has .*\/tcp\+udp for /);
    expect(claimed(key, [tcp, udp, '1/udp'])).toMatch(/also allows .*1\/udp/);
  });
});
