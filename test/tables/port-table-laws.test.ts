import { Port } from '../../lib/net/port';
import { Basis, PortLevel, type PortTable } from '../../lib/tables/port-table';
import { checkPortTable } from '../../lib/tables/table-laws';
import { expectRefusal } from '../support/refusals';

const ROW = { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE };
const FLOW = {
  source: { id: 'node', title: 'nodes' },
  destination: { id: 'registry', title: 'registry servers' },
  rows: [ROW],
};
const TABLE: PortTable = {
  id: 'registry',
  title: 'Ports of the registry',
  reference: 'https://wiki.example.com/registry',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [FLOW],
};

const SUPPLEMENT = {
  ...FLOW,
  source: FLOW.destination,
  reason: 'replicas',
  reference: 'https://wiki.example.com/more',
};

const CNI = { id: 'cni', title: 'CNI plugin', choices: ['canal', 'cilium', 'none'], default: 'canal', section: 'CNI' };
const WINDOWS = { id: 'windows', title: 'Windows agents', default: 'false', section: 'Windows' };
const OPTIONS = {
  ...TABLE,
  options: [CNI, WINDOWS],
  flows: [{ ...FLOW, when: { windows: ['true'] }, rows: [{ ...ROW, when: { cni: ['canal', 'cilium'] } }] }],
};

test('accepts every basis and every level', () => {
  const rows = Object.values(Basis).flatMap((basis, at) =>
    Object.values(PortLevel).map((level) => ({
      ...ROW,
      name: `row-${at}-${level}`,
      protocolBasis: basis,
      directionBasis: basis,
      level,
    })),
  );
  expect(rows).toHaveLength(24);
  expect(() => checkPortTable({ ...TABLE, flows: [{ ...FLOW, rows }] }, 'place')).not.toThrow();
});

test('accepts options that conditions of flows, rows and supplements name', () => {
  const reference = 'https://wiki.example.com/cni';
  const supplements = [{ ...SUPPLEMENT, when: { windows: ['true', 'false'] } }];
  for (const table of [OPTIONS, { ...TABLE, options: [{ ...WINDOWS, reference }], supplements }]) {
    expect(() => checkPortTable(table, 'place')).not.toThrow();
  }
});

test('accepts a table that follows the laws', () => {
  const flows = [{ ...FLOW, name: 'allow-pulls' }];
  const discrepancies = [
    { finding: 'two ports', decision: 'the table', rows: ['pull'] },
    { finding: 'no protocol', decision: 'TCP' },
  ];
  const whole = { ...TABLE, flows, checkedFor: ['registry 2'], supplements: [SUPPLEMENT], discrepancies };
  const short = { ...TABLE, id: 'r', flows: [{ ...FLOW, name: 'a' }], reference: 'http://wiki/a' };
  const marked = { ...TABLE, flows: [{ ...FLOW, rows: [{ ...ROW, internal: false }] }] };
  for (const table of [TABLE, whole, short, marked, { ...TABLE, edition: '2024-09' }]) {
    expect(() => {
      checkPortTable(table, 'place');
    }).not.toThrow();
  }
});

describe('fails for', () => {
  function refuses(what: string, table: unknown, code: string): void {
    test(what, () => expectRefusal(() => checkPortTable(table as PortTable, 'place'), code));
  }
  const withFlow = (changes: object): object => ({ ...TABLE, flows: [{ ...FLOW, ...changes }] });
  const withRow = (changes: object): object => withFlow({ rows: [{ ...ROW, ...changes }] });

  refuses('no table', undefined, 'table-value-invalid');
  refuses('the name of a table', 'vcluster-platform', 'table-value-invalid');

  refuses('a table without id', { ...TABLE, id: undefined }, 'table-name-invalid');
  refuses('an id in capitals', { ...TABLE, id: 'Registry' }, 'table-name-invalid');
  refuses('an id of 41 characters', { ...TABLE, id: 'r'.repeat(41) }, 'table-name-invalid');
  refuses('an id with a digit first', { ...TABLE, id: '3scale' }, 'table-name-invalid');
  refuses('an id with a hyphen last', { ...TABLE, id: 'registry-' }, 'table-name-invalid');

  refuses('a table without title', { ...TABLE, title: '' }, 'text-required');
  refuses('a table without reference', { ...TABLE, reference: undefined }, 'table-reference-invalid');
  refuses('a URL after other text', { ...TABLE, reference: 'see https://wiki.example.com' }, 'table-reference-invalid');
  refuses(
    'a URL before other text',
    { ...TABLE, reference: 'https://wiki.example.com and more' },
    'table-reference-invalid',
  );
  refuses('a path as reference', { ...TABLE, reference: 'docs/ports.md' }, 'table-reference-invalid');
  refuses('a version as edition', { ...TABLE, edition: 'v4.0' }, 'table-edition-invalid');
  refuses('a day as edition', { ...TABLE, edition: '2024-12-01' }, 'table-edition-invalid');
  refuses('an edition with a name', { ...TABLE, edition: 'v2024-12' }, 'table-edition-invalid');
  refuses('an edition in a list', { ...TABLE, edition: ['2024-12'] }, 'table-edition-invalid');
  refuses('no edition', { ...TABLE, edition: undefined }, 'table-edition-invalid');
  refuses('a month of zero', { ...TABLE, edition: '2024-00' }, 'table-edition-invalid');
  refuses('a 13th month', { ...TABLE, edition: '2024-13' }, 'table-edition-invalid');
  refuses('a month as day', { ...TABLE, comparedOn: '2026-11' }, 'table-day-invalid');
  refuses('a time', { ...TABLE, comparedOn: '2026-11-21T10:00' }, 'table-day-invalid');
  refuses('a far year', { ...TABLE, comparedOn: '+2026-11-21' }, 'table-day-invalid');
  refuses('a day in a list', { ...TABLE, comparedOn: ['2026-11-21'] }, 'table-day-invalid');
  refuses('a day in words', { ...TABLE, comparedOn: '21 Nov 2026' }, 'table-day-invalid');
  refuses('a 32nd day', { ...TABLE, comparedOn: '2026-11-32' }, 'table-day-invalid');
  refuses('a 30th of February', { ...TABLE, comparedOn: '2026-02-30' }, 'table-day-invalid');
  refuses('an object instead of a list of versions', { ...TABLE, checkedFor: 'v2' }, 'table-list-invalid');
  refuses('a number as version', { ...TABLE, checkedFor: [2] }, 'text-required');
  refuses('an object instead of a list of supplements', { ...TABLE, supplements: {} }, 'table-list-invalid');
  refuses('an object instead of a list of discrepancies', { ...TABLE, discrepancies: {} }, 'table-list-invalid');
  refuses('an empty discrepancy', { ...TABLE, discrepancies: [null] }, 'table-value-invalid');
  refuses('a discrepancy without a decision', { ...TABLE, discrepancies: [{ finding: 'a finding' }] }, 'text-required');
  refuses(
    'the rows of a discrepancy as text',
    { ...TABLE, discrepancies: [{ finding: 'a finding', decision: 'a decision', rows: 'pull' }] },
    'table-list-invalid',
  );
  refuses(
    'a number as row of a discrepancy',
    { ...TABLE, discrepancies: [{ finding: 'a finding', decision: 'a decision', rows: ['pull', 5] }] },
    'text-required',
  );
  refuses('an empty flow', { ...TABLE, flows: [null] }, 'table-value-invalid');
  refuses('no flows', { ...TABLE, flows: undefined }, 'table-list-empty');
  refuses('an empty list of flows', { ...TABLE, flows: [] }, 'table-list-empty');
  refuses('one row in two flows of the same roles', { ...TABLE, flows: [FLOW, FLOW] }, 'table-entry-repeated');
  const second = { ...FLOW, rows: [{ ...ROW, name: 'push' }] };
  refuses(
    'two flows of the same roles of which one is optional',
    { ...TABLE, flows: [FLOW, { ...second, optional: true }] },
    'table-flows-differ',
  );
  refuses(
    'two flows of the same roles with two names',
    {
      ...TABLE,
      flows: [
        { ...FLOW, name: 'allow-pulls' },
        { ...second, name: 'allow-pushes' },
      ],
    },
    'table-flows-differ',
  );
  refuses(
    'two supplements between the same roles',
    { ...TABLE, supplements: [SUPPLEMENT, { ...SUPPLEMENT, rows: second.rows }] },
    'table-entry-repeated',
  );
  refuses(
    'two flows whose roles give one rule name',
    {
      ...TABLE,
      flows: [
        { ...FLOW, source: { id: 'a-to-b', title: 'a' }, destination: { id: 'c', title: 'c' } },
        { ...FLOW, source: { id: 'a', title: 'a' }, destination: { id: 'b-to-c', title: 'c' } },
      ],
    },
    'table-entry-repeated',
  );
  refuses(
    'a supplement between roles that have a flow',
    { ...TABLE, supplements: [{ ...FLOW, reason: 'more', reference: 'https://wiki.example.com/more' }] },
    'table-entry-repeated',
  );

  refuses('no source', withFlow({ source: undefined }), 'table-role-invalid');
  refuses('a null source', withFlow({ source: null }), 'table-role-invalid');
  refuses('the name of a role as source', withFlow({ source: 'node' }), 'table-role-invalid');
  refuses('a destination without title', withFlow({ destination: { id: 'registry' } }), 'text-required');
  refuses('a role with a space', withFlow({ source: { id: 'the node', title: 'nodes' } }), 'table-name-invalid');

  refuses('a flow name in capitals', withFlow({ name: 'Allow' }), 'table-flow-name-invalid');
  refuses('a flow name of 64', withFlow({ name: 'a'.repeat(64) }), 'table-flow-name-invalid');
  refuses('a flow name with a dot last', withFlow({ name: 'allow.' }), 'table-flow-name-invalid');
  refuses('a flow name with a dot', withFlow({ name: 'allow.pulls' }), 'table-flow-name-invalid');
  refuses('a flow name with a hyphen last', withFlow({ name: 'allow-' }), 'table-flow-name-invalid');
  refuses('a flow name in a list', withFlow({ name: ['allow'] }), 'table-flow-name-invalid');
  refuses('text as optional', withFlow({ optional: 'false' }), 'not-a-boolean');
  refuses('no rows', withFlow({ rows: undefined }), 'table-list-empty');
  refuses('an empty list of rows', withFlow({ rows: [] }), 'table-list-empty');
  refuses('two rows of one name', withFlow({ rows: [ROW, ROW] }), 'table-entry-repeated');
  refuses('an empty row', withFlow({ rows: [null] }), 'table-value-invalid');
  refuses('a row without name', withRow({ name: undefined }), 'table-name-invalid');
  refuses('a row name with a slash', withRow({ name: 'a/b' }), 'table-name-invalid');

  refuses('a plain number as port', withRow({ port: 5000 }), 'port-required');
  refuses('text as port', withRow({ port: '5000/tcp' }), 'port-required');
  refuses('no port', withRow({ port: undefined }), 'port-required');
  refuses('no description', withRow({ description: undefined }), 'text-required');
  refuses('a description of 151 characters', withRow({ description: 'd'.repeat(151) }), 'text-too-long');
  refuses('a description that is not all visible', withRow({ description: 'Pulls \u202eof images' }), 'text-invalid');
  refuses('no section', withRow({ section: undefined }), 'text-required');
  refuses('a number as purpose', withRow({ purpose: 5 }), 'text-required');
  refuses('a number as impact', withRow({ impact: 5 }), 'text-required');
  refuses('text as internal', withRow({ internal: 'false' }), 'not-a-boolean');
  refuses('no basis', withRow({ protocolBasis: undefined }), 'basis-invalid');
  refuses('an unknown basis of the direction', withRow({ directionBasis: 'guess' }), 'basis-invalid');
  refuses('an unknown family', withRow({ family: 'v6' }), 'table-family-invalid');
  refuses('ICMP in IPv6', withRow({ port: Port.icmp(8), family: 'ipv6' }), 'table-family-invalid');
  refuses('ICMP of IPv6 in IPv4', withRow({ port: Port.icmpv6(), family: 'ipv4' }), 'table-family-invalid');
  refuses('an unknown level', withRow({ level: 'service' }), 'table-level-invalid');
  refuses('an unknown basis', withRow({ protocolBasis: 'guess' }), 'basis-invalid');
  for (const [old, now] of Object.entries({
    protocolFrom: 'protocolBasis',
    clusterInternal: 'internal',
    whenClosed: 'impact',
  })) {
    refuses(`the old name of ${now}`, withRow({ [old]: true, [now]: undefined }), 'table-key-renamed');
    refuses(`the old name of ${now} in addition to the new one`, withRow({ [old]: true }), 'table-key-renamed');
  }
  for (const [what, table] of [
    ['a row', withRow({ clusterIntern: true })],
    ['a row, spelled as in Python', withRow({ protocol_basis: Basis.TEXT })],
    ['a row, without a similar name', withRow({ colour: 'red' })],
    ['a row of a supplement', { ...TABLE, supplements: [{ ...SUPPLEMENT, rows: [{ ...ROW, intern: true }] }] }],
    ['a flow', withFlow({ names: 'allow-pulls' })],
    ['a flow that is a supplement', withFlow({ reason: 'replicas' })],
    ['a supplement', { ...TABLE, supplements: [{ ...SUPPLEMENT, reasons: 'replicas' }] }],
    ['a role', withFlow({ source: { ...FLOW.source, name: 'nodes' } })],
    ['a discrepancy', { ...TABLE, discrepancies: [{ finding: 'a', decision: 'b', row: ['pull'] }] }],
    ['a table', { ...TABLE, supplement: [SUPPLEMENT] }],
  ] as const) {
    refuses(`an unknown property of ${what}`, table, 'prop-unknown');
  }
  refuses(
    'an old name in a supplement',
    { ...TABLE, supplements: [{ ...SUPPLEMENT, rows: [{ ...ROW, clusterInternal: false }] }] },
    'table-key-renamed',
  );
  refuses('a port that does not exist', withRow({ port: 70000 }), 'port-required');
  refuses(
    'a mistake in a supplement',
    { ...TABLE, supplements: [{ ...SUPPLEMENT, rows: [{ ...ROW, port: 1 }] }] },
    'port-required',
  );
});

describe('fails for options with', () => {
  function refuses(what: string, table: object, code: string): void {
    test(what, () => expectRefusal(() => checkPortTable(table as PortTable, 'place'), code));
  }
  const withOption = (changes: object): object => ({ ...OPTIONS, options: [{ ...CNI, ...changes }, WINDOWS] });
  const withWhen = (when: unknown, ofFlow: unknown = { windows: ['true'] }): object => ({
    ...OPTIONS,
    flows: [{ ...FLOW, when: ofFlow, rows: [ROW, { ...ROW, name: 'b', when }] }],
  });

  refuses('an object instead of a list', { ...OPTIONS, options: {} }, 'table-list-invalid');
  refuses('an empty option', { ...OPTIONS, options: [null] }, 'table-value-invalid');
  refuses('an id in capitals', withOption({ id: 'CNI' }), 'table-name-invalid');
  refuses('no title', withOption({ title: undefined }), 'text-required');
  refuses('no section', withOption({ section: undefined }), 'text-required');
  refuses('a reference that is not a URL', withOption({ reference: 'wiki' }), 'table-reference-invalid');
  refuses('an unknown property', withOption({ choice: ['canal'] }), 'prop-unknown');
  refuses('no choices', withOption({ choices: [] }), 'table-list-empty');
  refuses('a choice in capitals', withOption({ choices: ['canal', 'Cilium'] }), 'table-name-invalid');
  refuses('a choice twice', withOption({ choices: ['canal', 'canal'] }), 'table-entry-repeated');
  refuses('a default that is no choice', withOption({ default: 'calico' }), 'table-choice-unknown');
  refuses('no default', withOption({ default: undefined }), 'table-choice-unknown');
  refuses('one id twice', { ...OPTIONS, options: [CNI, WINDOWS, CNI] }, 'table-entry-repeated');
  refuses('no use', { ...TABLE, options: [CNI] }, 'table-option-unused');
  refuses('a condition about no option', { ...OPTIONS, options: [WINDOWS] }, 'table-option-unknown');
  refuses('a condition in a table without options', { ...OPTIONS, options: undefined }, 'table-option-unknown');
  refuses('a condition about no choice', withWhen({ cni: ['canal', 'calico'] }), 'table-choice-unknown');
  refuses('a condition with a boolean', withWhen({ cni: ['canal'] }, { windows: [true] }), 'table-choice-unknown');
  refuses('a condition with text', withWhen({ cni: 'canal' }), 'table-list-empty');
  refuses('a condition without choices', withWhen({ cni: [] }), 'table-list-empty');
  refuses('a condition with one choice twice', withWhen({ cni: ['canal', 'canal'] }), 'table-entry-repeated');
  refuses('a condition that is text', withWhen('cni'), 'table-value-invalid');
  refuses('a condition of a flow that is text', withWhen({ cni: ['canal'] }, 'windows'), 'table-value-invalid');
  refuses('an option of a flow in its row again', withWhen({ windows: ['false'] }), 'table-entry-repeated');
});

describe('fails for a token as', () => {
  const token = '${TfToken[TOKEN.0]}';
  const withRow = (changes: object): object => ({ ...TABLE, flows: [{ ...FLOW, rows: [{ ...ROW, ...changes }] }] });
  const discrepancy = { finding: 'a finding', decision: 'a decision' };

  test.each<[string, object]>([
    ['purpose', withRow({ purpose: token })],
    ['impact', withRow({ impact: token })],
    ['version', { ...TABLE, checkedFor: ['registry 2', token] }],
    ['reference', { ...TABLE, reference: `https://${token}` }],
    ['reason of a supplement', { ...TABLE, supplements: [{ ...SUPPLEMENT, reason: token }] }],
    ['reference of a supplement', { ...TABLE, supplements: [{ ...SUPPLEMENT, reference: `https://${token}` }] }],
    ['finding', { ...TABLE, discrepancies: [{ ...discrepancy, finding: token }] }],
    ['decision', { ...TABLE, discrepancies: [{ ...discrepancy, decision: token }] }],
  ])('%s', (_what, table) => {
    expectRefusal(() => checkPortTable(table as PortTable, 'place'), 'text-not-known');
  });
});
