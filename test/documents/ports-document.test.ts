import { AddressFamily, Basis, PortLevel, type PortTable, PortTables } from 'cdktf-cluster-ports';
import { allHostnameTables } from '../../lib/products/catalog';
import { portsDocuments } from '../../scripts/ports-document/ports-document';

/** A table that tests change. */
const RANCHER = PortTables.named('rancher');

const documents = portsDocuments(PortTables.all(), allHostnameTables());

/** The lines of one edition on the page of its table. */
const sectionOf = (key: string): string[] => {
  const lines = documents[`docs/ports/${key.slice(0, key.indexOf('@'))}.md`].split('\n');
  const from = lines.indexOf(`## ${key}`);
  const to = lines.findIndex((line, index) => index > from && line.startsWith('## '));
  return lines.slice(from, to === -1 ? undefined : to);
};

/** The page of a table, line by line. */
const pageOf = (table: PortTable): string[] => portsDocuments([table], [])[`docs/ports/${table.id}.md`].split('\n');

const indexLine = (id: string): string =>
  documents['docs/ports.md'].split('\n').find((line) => line.includes(`(ports/${id}.md)`)) ?? '';

test('has a page for each table, of ports and of hostnames, and lists it with its construct', () => {
  const ids = [...new Set([...PortTables.all(), ...allHostnameTables()].map(({ id }) => id))];
  expect(Object.keys(documents).sort()).toEqual(['docs/ports.md', ...ids.map((id) => `docs/ports/${id}.md`)].sort());
  expect(ids.filter((id) => indexLine(id) === '')).toEqual([]);
  expect(indexLine('rke2')).toMatch(
    /^\| RKE2 \| \[rke2\]\(ports\/rke2.md\) \| `2026-05` \| \[Rke2Rules\]\(\.\.\/API\.md#rke2rules\) \| `cni`, `encapsulation`, `windows` \| \[Requirements: Inbound Network Rules\]\(https:\/\//,
  );
  expect(indexLine('vcluster-platform')).toContain(
    '[VClusterPlatformIngressRules](../API.md#vclusterplatformingressrules)',
  );
  expect(indexLine('metrics-server')).toContain('[MetricsServerRules](../API.md#metricsserverrules)');
  expect(indexLine('apinizer-installation-hosts')).toContain('ApinizerInstallationHostnames');
});

test('names the product of each table as its vendor does, and not by the id of the table', () => {
  expect(indexLine('apinizer-installation-hosts')).toMatch(/^\| Apinizer \| /);
  const named = [...PortTables.all(), ...allHostnameTables()].filter(({ product }) => product !== undefined);
  const ids = new Set(named.map(({ id }) => id));
  expect([...PortTables.all(), ...allHostnameTables()].map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
});

test('says of each document without a permanent link that it may have changed since', () => {
  const changeable = [...PortTables.all(), ...allHostnameTables()]
    .map((table) => `${table.id}@${table.edition}`)
    .filter((key) => sectionOf(key)[2].includes('This link is not permanent: the document may have changed since.'));
  const withoutCommit = [...PortTables.all(), ...allHostnameTables()].filter(
    ({ reference }) => !/^https:\/\/github\.com\/[^/]+\/[^/]+\/(?:blob|tree)\/[0-9a-f]{40}\//.test(reference),
  );
  expect(changeable.sort()).toEqual(withoutCommit.map(({ id, edition }) => `${id}@${edition}`).sort());
  expect(changeable).toContain('kubeadm-flannel@2024-12');
  expect(changeable).not.toContain('rke2@2026-05');
});

test('lists the products in alphabetical order', () => {
  const lists = documents['docs/ports.md']
    .split('## Hostnames')
    .map((list) => [...list.matchAll(/^\| (.+?) \| \[/gm)].map(([, product]) => product.toLowerCase()));
  expect(lists.map((products) => products.length > 1)).toEqual([true, true]);
  expect(lists).toEqual(lists.map((products) => [...products].sort()));
});

test('lists below a later edition what has changed since the edition before', () => {
  expect(sectionOf('vcluster-platform@2025-03').join('\n')).not.toContain('Since');
  expect(sectionOf('vcluster-platform@2025-10').slice(4, 9)).toEqual([
    'Since 2025-04 (`+` added, `-` removed, `~` changed):',
    '',
    '```diff',
    '+ vcluster>platform/in-cluster-api 10443/tcp',
    '```',
  ]);
  expect(sectionOf('prometheus-cost-metrics@2025-10')).toContain('No row has changed since 2025-04.');
});

test('shows rows once that are the same between several roles', () => {
  const headings = sectionOf('rke2@2026-05').filter((line) => line.startsWith('### ') || line.startsWith('From '));
  expect(headings).toEqual([
    '### Options',
    '### server and agent to server',
    'From RKE2 server nodes and RKE2 agent nodes to RKE2 server nodes.',
    '### server and agent to server and agent',
    'From RKE2 server nodes and RKE2 agent nodes to RKE2 server nodes and RKE2 agent nodes.',
    '### server to server',
    'From RKE2 server nodes to RKE2 server nodes.',
    '### Contradictions and gaps of the document',
  ]);
});

test('does not join roles of which only some pairs have a row', () => {
  const [{ rows }] = RANCHER.flows;
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, title: `machines ${id}` }));
  const pairs = [
    { source: a, destination: b },
    { source: b, destination: a },
    { source: a, destination: c },
    { source: c, destination: a },
    { source: b, destination: c },
  ];
  const page = pageOf({ ...RANCHER, flows: pairs.map((ends) => ({ ...ends, rows })) });
  expect(page.filter((line) => line.startsWith('### ') && line.includes(' to '))).toEqual([
    '### a to b',
    '### b and c to a',
    '### a and b to c',
  ]);
});

test('every row of every table is on its page for each pair of its roles', () => {
  for (const table of PortTables.all()) {
    const section = sectionOf(`${table.id}@${table.edition}`);
    for (const flow of table.flows) {
      const blocks = section.flatMap((line, index) => {
        const match = /^### (.+) to (.+)$/.exec(line);
        if (match === null) return [];
        const [sources, destinations] = match.slice(1).map((list) => list.split(/, | and /));
        if (!sources.includes(flow.source.id) || !destinations.includes(flow.destination.id)) return [];
        const length = section.slice(index + 1).findIndex((each) => each.startsWith('### '));
        return section.slice(index, length === -1 ? undefined : index + 1 + length);
      });
      const missing = flow.rows.filter(
        ({ port, name }) => !blocks.some((line) => line.startsWith(`| \`${String(port)}\` | \`${name}\` |`)),
      );
      expect({ table: table.id, flow: `${flow.source.id}>${flow.destination.id}`, missing }).toEqual(
        expect.objectContaining({ missing: [] }),
      );
    }
  }
});

test('says that Lens has no document of its ports', () => {
  expect(sectionOf('kubeadm-flannel@2024-12')).toContain(
    '- Lens: no table covers it, because it has no document of its ports; it is a client of the API server.',
  );
});

test('links what must be checked externally to the pages of the tables that cover it', () => {
  expect(sectionOf('kubeadm-flannel@2024-12')).toContain(
    "- Rancher: [rancher@2026-07](rancher.md) (RancherRules with edition: '2026-07').",
  );
});

test('lists the options of a table, and the condition of each row', () => {
  const [flow] = RANCHER.flows;
  const [row] = flow.rows;
  const rows = [row, { ...row, name: 'canal-vxlan', when: { cni: ['canal', 'flannel'] } }];
  const options = [
    { id: 'cni', title: 'CNI plugin', choices: ['canal', 'flannel'], default: 'canal', section: 'CNI' },
    {
      id: 'windows',
      title: 'Windows agents',
      default: 'false',
      section: 'Windows',
      reference: 'https://example.com/w',
    },
  ];
  const lines = pageOf({ ...RANCHER, options, flows: [{ ...flow, when: { windows: ['true'] }, rows }] });
  expect(lines).toEqual(
    expect.arrayContaining([
      '| `cni` | canal, flannel | `canal` | CNI plugin | CNI |',
      '| `windows` | true, false | `false` | Windows agents | Windows; the default is from `https://example.com/w` |',
    ]),
  );
  const conditions = lines
    .filter((line) => /`(rancher-http|canal-vxlan)`/.test(line))
    .map((line) => line.split(' | ')[3]);
  expect(conditions.slice(0, 2)).toEqual(['windows: true', 'windows: true, cni: canal or flannel']);
});

test('shows level, IP family and basis of the direction where a row of the table has them', () => {
  const [flow] = RANCHER.flows;
  const row = { ...flow.rows[0], level: undefined };
  const rare = { ...row, level: PortLevel.POD, directionBasis: Basis.FLAGS, family: AddressFamily.IPV6 };
  const lines = pageOf({ ...RANCHER, flows: [{ ...flow, rows: [row, { ...rare, name: 'rare' }] }] });
  const shown = lines.filter((line) => line.startsWith('| `')).map((line) => line.split(' | ').slice(-4).join(' | '));
  expect(shown).toEqual([
    'the table | host | both | with a reason |',
    'the list of flags | pod | IPv6 | with a reason |',
  ]);
  expect(pageOf({ ...RANCHER, flows: [{ ...flow, rows: [row] }] }).join('\n')).not.toContain('Level');
});
