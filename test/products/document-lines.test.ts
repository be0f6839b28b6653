import { PortTableFile } from '../../lib/tables';
import { Basis } from '../../lib/tables/port-table';
import { differences, DOCUMENT_FILES, type DocumentLine, rowsByFlow, wrongDefaults } from './document-lines';

// The lines were typed from the vendors' documents. The last column says as which flows a line is read: see CONTRIBUTING.md.

describe.each(DOCUMENT_FILES)('$name', (document) => {
  const { table: path, lines } = document;
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
    expect(wrongDefaults(table, document)).toEqual([]);
  });

  test('says which default was chosen where the vendor has none', () => {
    const decisions = (table.discrepancies ?? []).map(({ decision }) => decision);
    const unexplained = document.defaults.filter(
      ({ option, choice, source }) =>
        source.startsWith('chosen: ') &&
        !decisions.some((decision) => decision.includes(`The default of the option ${option} is ${choice}`)),
    );
    expect(unexplained.map(({ place }) => place)).toEqual([]);
  });
});

function portOf(flow: string): string {
  return flow.replace(/^.*?: /, '').replace(/ \[.*/, '');
}
