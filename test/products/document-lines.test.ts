import { PortTableFile } from '../../lib/tables';
import { defaultChoices, isOpen } from '../../lib/tables/options';
import { Basis } from '../../lib/tables/port-table';
import { differences, DOCUMENT_FILES, type DocumentLine, rowsByFlow } from './document-lines';

// The lines were typed from the vendors' documents. The last column says as which flows a line is read: see CONTRIBUTING.md.

describe.each(DOCUMENT_FILES)('$name', ({ table: path, lines }) => {
  const table = PortTableFile.load(path);
  const rows = rowsByFlow(table);

  test('has a row for each line of the document, and no other row', () => {
    expect(differences(table, lines)).toEqual({ missing: [], extra: [] });
  });

  test('has the numbers that the document prints', () => {
    const numbers = (text: string): string[] => text.match(/\d+/g) ?? [];
    const isPrinted = ({ port, flows }: DocumentLine): boolean => {
      const printed = new Set(numbers(port));
      return printed.size === 0 || flows.every((flow) => numbers(portOf(flow)).every((number) => printed.has(number)));
    };
    expect(lines.filter((line) => !isPrinted(line)).map(({ place }) => place)).toEqual([]);
  });

  test('has the protocols that the document prints, and says where it prints none', () => {
    const unfounded = lines.filter(({ port, flows }) => {
      const isStated = /tcp|udp|sctp|icmp|esp|\bah\b|gre|ip|vrrp|protocol/i.test(
        port.replace(/\(?protocol not stated\)?/, ''),
      );
      const bases = flows.flatMap((flow) => rows.get(flow) ?? []).map(({ protocolBasis }) => protocolBasis);
      return !isStated && bases.some((basis) => basis !== Basis.INFERRED && basis !== Basis.TEXT);
    });
    expect(unfounded.map(({ place }) => place)).toEqual([]);
  });

  test('opens by default what the document says that is open by default', () => {
    const choices = defaultChoices(table);
    const open = new Set([
      ...rowsByFlow({
        ...table,
        flows: table.flows.map((flow) => ({ ...flow, rows: flow.rows.filter((row) => isOpen(flow, row, choices)) })),
      }).keys(),
    ]);
    const wrong = lines.filter(({ isDefault, flows }) => {
      if (isDefault === 'unknown') return false;
      return flows.some((flow) => open.has(flow) !== (isDefault === 'yes'));
    });
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });
});

function portOf(flow: string): string {
  return flow.replace(/^.*?: /, '').replace(/ \[.*/, '');
}
