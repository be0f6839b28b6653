import { Basis } from '../../lib/model/basis';
import { Port } from '../../lib/model/port';
import type { PortTable } from '../../lib/model/port-table';
import { checkPortTable } from '../../lib/model/table-laws';
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

test('a table that keeps the laws is taken', () => {
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
  function refuses(what: string, table: unknown, sentence: string): void {
    test(what, () => expectRefusal(() => checkPortTable(table as PortTable, 'place'), `place${sentence}`));
  }
  const withFlow = (changes: object): object => ({ ...TABLE, flows: [{ ...FLOW, ...changes }] });
  const withRow = (changes: object): object => withFlow({ rows: [{ ...ROW, ...changes }] });

  refuses('no table', undefined, ': table must be a port table, got nothing');
  refuses('the name of a table', 'vcluster-platform', ': table must be a port table, got "vcluster-platform"');

  const name = 'must be lower-case letters, digits and hyphens, at most 40, beginning with a letter';
  refuses('a table without id', { ...TABLE, id: undefined }, `: table.id ${name}, got nothing`);
  refuses('an id in capitals', { ...TABLE, id: 'Registry' }, `: table.id ${name}, got "Registry"`);
  refuses('an id of 41 characters', { ...TABLE, id: 'r'.repeat(41) }, `: table.id ${name}, got "${'r'.repeat(41)}"`);
  refuses('an id with a digit first', { ...TABLE, id: '3scale' }, `: table.id ${name}, got "3scale"`);
  refuses('an id with a hyphen last', { ...TABLE, id: 'registry-' }, `: table.id ${name}, got "registry-"`);

  const at = ', table registry';
  refuses('a table without title', { ...TABLE, title: '' }, `${at}: title must be text, got ""`);
  const reference = 'reference must be the address of the document';
  refuses('a table without reference', { ...TABLE, reference: undefined }, `${at}: ${reference}, got nothing`);
  refuses(
    'an address after other text',
    { ...TABLE, reference: 'see https://wiki.example.com' },
    `${at}: ${reference}, got "see https://wiki.example.com"`,
  );
  refuses(
    'an address before other text',
    { ...TABLE, reference: 'https://wiki.example.com and more' },
    `${at}: ${reference}, got "https://wiki.example.com and more"`,
  );
  refuses('a path as reference', { ...TABLE, reference: 'docs/ports.md' }, `${at}: ${reference}, got "docs/ports.md"`);
  const edition = 'edition must be the year and month of the document, as "2024-12"';
  refuses('a version as edition', { ...TABLE, edition: 'v4.0' }, `${at}: ${edition}, got "v4.0"`);
  refuses('a day as edition', { ...TABLE, edition: '2024-12-01' }, `${at}: ${edition}, got "2024-12-01"`);
  refuses('an edition with a name', { ...TABLE, edition: 'v2024-12' }, `${at}: ${edition}, got "v2024-12"`);
  refuses('an edition in a list', { ...TABLE, edition: ['2024-12'] }, `${at}: ${edition}, got ["2024-12"]`);
  refuses('no edition', { ...TABLE, edition: undefined }, `${at}: ${edition}, got nothing`);
  refuses('a month of no number', { ...TABLE, edition: '2024-00' }, `${at}: ${edition}, got "2024-00"`);
  refuses('a 13th month', { ...TABLE, edition: '2024-13' }, `${at}: ${edition}, got "2024-13"`);
  const comparedOn = 'comparedOn must be a day, as "2026-11-21"';
  refuses('a month as day', { ...TABLE, comparedOn: '2026-11' }, `${at}: ${comparedOn}, got "2026-11"`);
  refuses('a time', { ...TABLE, comparedOn: '2026-11-21T10:00' }, `${at}: ${comparedOn}, got "2026-11-21T10:00"`);
  refuses('a far year', { ...TABLE, comparedOn: '+2026-11-21' }, `${at}: ${comparedOn}, got "+2026-11-21"`);
  refuses('a day in a list', { ...TABLE, comparedOn: ['2026-11-21'] }, `${at}: ${comparedOn}, got ["2026-11-21"]`);
  refuses('a day in words', { ...TABLE, comparedOn: '21 Nov 2026' }, `${at}: ${comparedOn}, got "21 Nov 2026"`);
  refuses('a 32nd day', { ...TABLE, comparedOn: '2026-11-32' }, `${at}: ${comparedOn}, got "2026-11-32"`);
  refuses(
    'a day that no calendar has',
    { ...TABLE, comparedOn: '2026-02-30' },
    `${at}: ${comparedOn}, got "2026-02-30"`,
  );
  refuses('no list of versions', { ...TABLE, checkedFor: 'v2' }, `${at}: checkedFor must be a list, got "v2"`);
  refuses('a version that is no text', { ...TABLE, checkedFor: [2] }, `${at}: checkedFor must be text, got 2`);
  refuses(
    'no list of supplements',
    { ...TABLE, supplements: {} },
    `${at}: supplements must be a list, got an object of Object`,
  );
  refuses(
    'no list of discrepancies',
    { ...TABLE, discrepancies: {} },
    `${at}: discrepancies must be a list, got an object of Object`,
  );
  refuses(
    'an empty discrepancy',
    { ...TABLE, discrepancies: [null] },
    `${at}: a discrepancy must be an object, got nothing`,
  );
  refuses(
    'a discrepancy without a decision',
    { ...TABLE, discrepancies: [{ finding: 'a finding' }] },
    `${at}: the decision of a discrepancy must be text, got nothing`,
  );
  refuses(
    'the rows of a discrepancy as text',
    { ...TABLE, discrepancies: [{ finding: 'a finding', decision: 'a decision', rows: 'pull' }] },
    `${at}: the rows of a discrepancy must be a list, got "pull"`,
  );
  refuses(
    'a row of a discrepancy that is no text',
    { ...TABLE, discrepancies: [{ finding: 'a finding', decision: 'a decision', rows: ['pull', 5] }] },
    `${at}: the rows of a discrepancy must be text, got 5`,
  );
  refuses('an empty flow', { ...TABLE, flows: [null] }, `${at}: a flow must be an object, got nothing`);
  refuses('no flows', { ...TABLE, flows: undefined }, `${at}: flows must have at least one entry, got nothing`);
  refuses('an empty list of flows', { ...TABLE, flows: [] }, `${at}: flows must have at least one entry, got []`);
  refuses(
    'two flows of the same roles',
    { ...TABLE, flows: [FLOW, FLOW] },
    `${at}: the rows of node>registry must stand in one flow, got it twice`,
  );
  refuses(
    'two flows whose roles read alike in row keys',
    {
      ...TABLE,
      flows: [
        { ...FLOW, source: { id: 'a-to-b', title: 'a' }, destination: { id: 'c', title: 'c' } },
        { ...FLOW, source: { id: 'a', title: 'a' }, destination: { id: 'b-to-c', title: 'c' } },
      ],
    },
    `${at}: the roles of two flows must not read alike as a-to-b-to-c, got it twice`,
  );
  refuses(
    'a supplement of roles that have a flow',
    { ...TABLE, supplements: [{ ...FLOW, reason: 'more', reference: 'https://wiki.example.com/more' }] },
    `${at}: the rows of node>registry must stand in one flow, got it twice`,
  );

  refuses('no source', withFlow({ source: undefined }), `${at}: the source of a flow must be a role, got nothing`);
  refuses('a null source', withFlow({ source: null }), `${at}: the source of a flow must be a role, got nothing`);
  refuses('a source by name', withFlow({ source: 'node' }), `${at}: the source of a flow must be a role, got "node"`);
  refuses(
    'a destination without title',
    withFlow({ destination: { id: 'registry' } }),
    `${at}: the destination of a flow: title must be text, got nothing`,
  );
  refuses(
    'a role with a space',
    withFlow({ source: { id: 'the node', title: 'nodes' } }),
    `${at}: the source of a flow: id ${name}, got "the node"`,
  );

  const flow = `${at}, flow node>registry`;
  const flowName = 'name must be lower-case letters, digits and hyphens, at most 63';
  refuses('a flow name in capitals', withFlow({ name: 'Allow' }), `${flow}: ${flowName}, got "Allow"`);
  refuses('a flow name of 64', withFlow({ name: 'a'.repeat(64) }), `${flow}: ${flowName}, got "${'a'.repeat(64)}"`);
  refuses('a flow name with a dot last', withFlow({ name: 'allow.' }), `${flow}: ${flowName}, got "allow."`);
  refuses('a flow name with a dot', withFlow({ name: 'allow.pulls' }), `${flow}: ${flowName}, got "allow.pulls"`);
  refuses('a flow name with a hyphen last', withFlow({ name: 'allow-' }), `${flow}: ${flowName}, got "allow-"`);
  refuses('a flow name in a list', withFlow({ name: ['allow'] }), `${flow}: ${flowName}, got ["allow"]`);
  refuses('no rows', withFlow({ rows: undefined }), `${flow}: rows must have at least one entry, got nothing`);
  refuses('an empty list of rows', withFlow({ rows: [] }), `${flow}: rows must have at least one entry, got []`);
  refuses(
    'two rows of one name',
    withFlow({ rows: [ROW, ROW] }),
    `${flow}: row pull must have a name of its own, got it twice`,
  );
  refuses('an empty row', withFlow({ rows: [null] }), `${flow}: a row must be an object, got nothing`);
  refuses('a row without name', withRow({ name: undefined }), `${flow}: the name of a row ${name}, got nothing`);
  refuses('a row name with a slash', withRow({ name: 'a/b' }), `${flow}: the name of a row ${name}, got "a/b"`);

  const row = `${flow}, row pull`;
  refuses(
    'a plain number as port',
    withRow({ port: 5000 }),
    `${row}: port must be a Port, got 5000; did you mean Port.tcp(5000)?`,
  );
  refuses('text as port', withRow({ port: '5000/tcp' }), `${row}: port must be a Port, got "5000/tcp"`);
  refuses('no port', withRow({ port: undefined }), `${row}: port must be a Port, got nothing`);
  refuses('no description', withRow({ description: undefined }), `${row}: description must be text, got nothing`);
  refuses(
    'a description of 151 characters',
    withRow({ description: 'd'.repeat(151) }),
    `${row}: description must have at most 150 characters, got 151`,
  );
  refuses(
    'a dash in a description',
    withRow({ description: 'Pulls – of images' }),
    `${row}: description must be plain ASCII without quotes and backslashes, because it goes into descriptions, got "Pulls – of images"`,
  );
  refuses('no section', withRow({ section: undefined }), `${row}: section must be text, got nothing`);
  refuses('a number as purpose', withRow({ purpose: 5 }), `${row}: purpose must be text, got 5`);
  refuses('a number as impact', withRow({ impact: 5 }), `${row}: impact must be text, got 5`);
  refuses('text as internal', withRow({ internal: 'false' }), `${row}: internal must be true or false, got "false"`);
  const basis = 'protocolBasis must say on what the protocol rests';
  refuses(
    'no basis',
    withRow({ protocolBasis: undefined }),
    `${row}: ${basis}, got nothing; did you mean Basis.TABLE?`,
  );
  refuses(
    'a basis of its own',
    withRow({ protocolBasis: 'guess' }),
    `${row}: ${basis}, got "guess"; did you mean Basis.TABLE?`,
  );
  const known = 'the properties of a row must be known';
  for (const [old, now] of Object.entries({
    protocolFrom: 'protocolBasis',
    clusterInternal: 'internal',
    whenClosed: 'impact',
  })) {
    const sentence = `${row}: ${known}, got "${old}"; did you mean "${now}"?`;
    refuses(`the old name of ${now}`, withRow({ [old]: true, [now]: undefined }), sentence);
    refuses(`the old name of ${now} beside the new one`, withRow({ [old]: true }), sentence);
  }
  refuses(
    'an old name in a supplement',
    { ...TABLE, supplements: [{ ...SUPPLEMENT, rows: [{ ...ROW, clusterInternal: false }] }] },
    `${at}, flow registry>registry, row pull: ${known}, got "clusterInternal"; did you mean "internal"?`,
  );
  refuses(
    'a mistake in a supplement',
    { ...TABLE, supplements: [{ ...SUPPLEMENT, rows: [{ ...ROW, port: 1 }] }] },
    `${at}, flow registry>registry, row pull: port must be a Port, got 1; did you mean Port.tcp(1)?`,
  );
});

describe('fails for text in the shape of a token as', () => {
  const token = '${TfToken[TOKEN.0]}';
  const need = 'must be known at synthesis and must not look like a token';
  const row = ', flow node>registry, row pull';
  const withRow = (changes: object): object => ({ ...TABLE, flows: [{ ...FLOW, rows: [{ ...ROW, ...changes }] }] });
  const discrepancy = { finding: 'a finding', decision: 'a decision' };

  test.each<[string, object, string, string]>([
    ['purpose', withRow({ purpose: token }), `${row}: purpose`, token],
    ['impact', withRow({ impact: token }), `${row}: impact`, token],
    ['version', { ...TABLE, checkedFor: ['registry 2', token] }, ': checkedFor', token],
    ['reference', { ...TABLE, reference: `https://${token}` }, ': reference', `https://${token}`],
    [
      'reason of a supplement',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, reason: token }] },
      ': the reason of a supplement',
      token,
    ],
    [
      'reference of a supplement',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, reference: `https://${token}` }] },
      ': reference',
      `https://${token}`,
    ],
    [
      'finding',
      { ...TABLE, discrepancies: [{ ...discrepancy, finding: token }] },
      ': the finding of a discrepancy',
      token,
    ],
    [
      'decision',
      { ...TABLE, discrepancies: [{ ...discrepancy, decision: token }] },
      ': the decision of a discrepancy',
      token,
    ],
  ])('%s', (_what, table, where, got) => {
    expectRefusal(
      () => checkPortTable(table as PortTable, 'place'),
      `place, table registry${where} ${need}, got "${got}"`,
    );
  });
});
