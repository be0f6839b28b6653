import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Basis, Port, PortTableFile } from '../../lib';
import { expectRefusal } from '../support/refusals';

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-files-'));
const YAML = `id: registry
title: Ports of the registry
reference: https://wiki.example.com/registry
edition: 2026-10
comparedOn: 2026-11-21
flows:
  - source: { id: node, title: nodes }
    destination: { id: registry, title: registry servers }
    rows:
      - name: pull
        port: 5000/tcp
        description: Pulls
        section: Ports
        protocolBasis: table
`;
const TABLE = {
  id: 'registry',
  title: 'Ports of the registry',
  reference: 'https://wiki.example.com/registry',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [
    {
      source: { id: 'node', title: 'nodes' },
      destination: { id: 'registry', title: 'registry servers' },
      rows: [
        { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE },
      ],
    },
  ],
};

function write(text: string | Uint8Array, name = 'ports.yaml'): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** Creates a link to itself. */
function circle(): string {
  const path = join(directory, 'circle.yaml');
  rmSync(path, { force: true });
  symlinkSync(path, path);
  return path;
}

test('reads a table from YAML', () => {
  expect(PortTableFile.load(write(YAML))).toEqual(TABLE);
});

test.each([
  ['in one line', 0],
  ['with spaces', 2],
  ['with tabs', '\t'],
] as const)('reads the same from JSON %s', (_what, space) => {
  const json = JSON.stringify(
    { $schema: '../x.json', ...TABLE },
    (_, value) => (value instanceof Port ? '5000/tcp' : value),
    space,
  );
  expect(PortTableFile.load(write(json, 'ports.json'))).toEqual(TABLE);
});

test('reads every property of a table, with carriage returns and a byte order mark', () => {
  const whole = `${YAML.replace('rows:', 'name: allow-pulls\n    rows:')}        purpose: images
        impact: pods do not start
        internal: true
      - {name: cache, port: 6379:6380/udp, description: Cache, section: Ports, protocolBasis: inferred}
checkedFor: [registry 2]
supplements:
  - source: { id: registry, title: registry servers }
    destination: { id: registry, title: registry servers }
    reason: replicas
    reference: https://wiki.example.com/replicas
    rows:
      - { name: sync, port: 7000/tcp, description: Sync, section: Replicas, protocolBasis: inferred }
discrepancies:
  - { finding: No protocol is given., decision: tcp., rows: [pull] }
`;
  const table = PortTableFile.load(write(`\uFEFF${whole.replaceAll('\n', '\r\n')}`));
  const [flow] = TABLE.flows;
  expect(table).toEqual({
    ...TABLE,
    checkedFor: ['registry 2'],
    flows: [
      {
        ...flow,
        name: 'allow-pulls',
        rows: [
          { ...flow.rows[0], purpose: 'images', impact: 'pods do not start', internal: true },
          {
            name: 'cache',
            port: Port.udpRange(6379, 6380),
            description: 'Cache',
            section: 'Ports',
            protocolBasis: Basis.INFERRED,
          },
        ],
      },
    ],
    supplements: [
      {
        source: flow.destination,
        destination: flow.destination,
        reason: 'replicas',
        reference: 'https://wiki.example.com/replicas',
        rows: [
          {
            name: 'sync',
            port: Port.tcp(7000),
            description: 'Sync',
            section: 'Replicas',
            protocolBasis: Basis.INFERRED,
          },
        ],
      },
    ],
    discrepancies: [{ finding: 'No protocol is given.', decision: 'tcp.', rows: ['pull'] }],
  });
});

test('the table cannot be changed', () => {
  const { flows } = PortTableFile.load(write(YAML));
  expect(() => Object.assign(flows[0].rows[0], { port: Port.tcp(1) })).toThrow(TypeError);
  expect(() => flows[0].rows.pop()).toThrow(TypeError);
});

test('fails for the old name of a property in JSON, and suggests the new name', () => {
  const json = JSON.stringify(TABLE, (_, value) => (value instanceof Port ? '5000/tcp' : value));
  const path = write(json.replace('"protocolBasis"', '"clusterInternal":true,"protocolBasis"'), 'ports.json');
  expectRefusal(() => PortTableFile.load(path), 'table-key-renamed');
});

describe('names the file, the row and the line, and fails for', () => {
  test.each<[string, [string, string], string]>([
    ['a number as port', ['5000/tcp', '5000'], 'port-invalid'],
    ['a port that does not exist', ['5000/tcp', '70000/tcp'], 'port-invalid'],
    ['a range that runs down', ['5000/tcp', '5001-5000/tcp'], 'port-range-descends'],
    ['an unknown property of a row', ['port:', 'prot:'], 'table-key-unknown'],
    ['the old name of protocolBasis', ['protocolBasis: table', 'protocolFrom: table'], 'table-key-renamed'],
    ['the old name of internal', [': table', ': table\n        clusterInternal: true'], 'table-key-renamed'],
    ['the old name of impact', [': table', ': table\n        whenClosed: pods do not start'], 'table-key-renamed'],
    ['an old name of hostname rows', [': table', ': table\n        portsFrom: table'], 'table-key-unknown'],
    ['a property of the prototype', ['port:', '__proto__:'], 'table-key-unknown'],
    ['a row without a port', ['        port: 5000/tcp\n', ''], 'table-key-missing'],
    ['a number as description', ['Pulls', '5'], 'table-value-invalid'],
    ['no description', ['Pulls', ''], 'table-value-invalid'],
    ['a list as description', ['Pulls', '[Pulls]'], 'table-value-invalid'],
    ['a description that turns around', ['Pulls', 'Pulls \u202eall'], 'text-invalid'],
    ['an unknown basis', [': table', ': guess'], 'table-value-invalid'],
    ['text as a flag', [': table', ': table\n        internal: "yes"'], 'table-value-invalid'],
    ['a row name in capitals', ['name: pull', 'name: Pull'], 'table-name-invalid'],
    ['the id of a role that is not in roles', ['{ id: node, title: nodes }', 'node'], 'table-role-unknown'],
    ['a flag as role', ['{ id: node, title: nodes }', 'true'], 'table-value-invalid'],
    ['no role', ['{ id: node, title: nodes }', ''], 'table-value-invalid'],
    ['a number as role', ['{ id: node, title: nodes }', '5'], 'table-value-invalid'],
    ['rows that are not a list', ['      - name: pull', '        name: pull'], 'table-value-invalid'],
    ['a year as edition', ['2026-10', '2026'], 'table-value-invalid'],
    ['a version as edition', ['2026-10', 'v2'], 'table-edition-invalid'],
    ['a property twice', ['title: Ports', 'id: again\ntitle: Ports'], 'table-key-repeated'],
    ['a property twice in a row', ['section: Ports', 'section: Ports\n        port: 443/tcp'], 'table-key-repeated'],
    ['a port that is a list', ['5000/tcp', '[5000/tcp]'], 'table-value-invalid'],
    ['a basis with a typing error', ['Basis: table', 'Basis: tabel'], 'table-value-invalid'],
    ['an id in capitals', ['id: registry\n', 'id: Registry\n'], 'table-name-invalid'],
    ['a word as day', ['2026-11-21', 'yesterday'], 'table-day-invalid'],
    [
      'a row twice',
      ['protocolBasis: table\n', `protocolBasis: table\n${YAML.split('\n').slice(9).join('\n')}`],
      'table-entry-repeated',
    ],
    [
      'a supplement without a URL',
      [
        'protocolBasis: table\n',
        'protocolBasis: table\nsupplements:\n  - source: { id: x, title: x }\n    destination: { id: y, title: y }\n' +
          '    reason: it is needed\n    reference: the wiki\n' +
          '    rows: [{ name: z, port: 1/tcp, description: Z, section: Z, protocolBasis: table }]\n',
      ],
      'table-reference-invalid',
    ],
    ['text that is not YAML', ['id: registry', 'id: [registry'], 'table-file-invalid'],
    ['a tag', ['Pulls', '!!js/function Pulls'], 'table-file-invalid'],
    ['an unused anchor', ['{ id: node, title: nodes }', '&a { id: node, title: nodes }'], 'table-file-with-aliases'],
    ['the tag of text', ['{ id: node, title: nodes }', '{ id: !!str node, title: nodes }'], 'table-file-with-aliases'],
    ['the tag of a map', ['{ id: node, title: nodes }', '!!map { id: node, title: nodes }'], 'table-file-with-aliases'],
    ['an alias', ['{ id: node, title: nodes }', '&a { id: node, title: nodes }\n    x: *a'], 'table-file-with-aliases'],
  ])('%s', (_what, [from, to], code) => {
    const text = YAML.replace(from, to);
    expect(text).not.toBe(YAML);
    const path = write(text);
    expectRefusal(() => PortTableFile.load(path), code);
  });
});

const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each<[string, (text: string) => string | Buffer]>([
  ['in UTF-8 with a byte order mark', (text) => `\ufeff${text}`],
  ['in UTF-16 little-endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['in UTF-16 big-endian', (text) => big(`\ufeff${text}`)],
  ['in UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['in UTF-16 big-endian without a mark', (text) => big(text)],
  ['with carriage returns', (text) => text.replaceAll('\n', '\r\n')],
])('reads a table %s', (_how, encoded) => {
  expect(PortTableFile.load(write(encoded(YAML)))).toEqual(TABLE);
});

test.each<[string, string | Buffer]>([
  ['a word', 'hunter2'],
  ['a compressed file', gzipSync(YAML)],
  ['a binary file', Buffer.from([0x80, 0, 0xff, 0, 0x13, 0x37, 0xdd])],
  ['text in an 8-bit encoding', Buffer.from(`${YAML}# hunter2 \u00e9`, 'latin1')],
  ['a byte order mark within the text', YAML.replace('Pulls', 'hunter2 \ufeff')],
  ['an unknown tag', YAML.replace('Pulls', '!hunter2 Pulls')],
  ['an unknown directive', `%hunter2\n---\n${YAML}`],
  ['an unknown escape', YAML.replace('Pulls', '"hunter2 \\q"')],
  ['a list item after a map', `${YAML}- hunter2\n`],
])('fails for %s, and quotes nothing', (_what, content) => {
  const path = write(content);
  const act = (): unknown => PortTableFile.load(path);
  expectRefusal(act, 'table-file-invalid');
  expect(act).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }));
});

test('fails for a pipe without a writer, and does not wait', () => {
  const path = join(directory, 'pipe');
  spawnSync('mkfifo', [path]);
  expectRefusal(() => PortTableFile.load(path), 'file-missing');
});

describe('fails for a hostile file:', () => {
  const refuses = (what: string, content: () => string, code: string): void => {
    test(what, () => {
      const path = write(content());
      expectRefusal(() => PortTableFile.load(path), code); // a parser that follows all of it does not return
    });
  };
  refuses(
    'aliases that multiply',
    () =>
      [
        'a: &a [x, x, x, x, x, x, x, x, x]',
        ...'bcdefghi'.split('').map((key, index) => {
          const alias = `*${'abcdefghi'[index]}`;
          return `${key}: &${key} [${Array.from({ length: 9 }, () => alias).join(', ')}]`;
        }),
      ].join('\n'),
    'table-file-with-aliases',
  );
  refuses('100 MB', () => 'x'.repeat(100_000_000), 'file-too-large');
  for (const [what, piece] of [
    ['brackets', '['],
    ['braces', '{a: '],
    ['dashes', '- '],
    ['question marks', '? '],
  ]) {
    refuses(`${what} without end`, () => piece.repeat(Math.floor(999_000 / piece.length)), 'table-file-too-deep');
  }
  refuses(
    'properties without end',
    () => Array.from({ length: 60_000 }, (_, index) => `part-${index}: 1`).join('\n'),
    'table-key-unknown',
  );
  test('a key that is the prototype', () => {
    const path = write('"__proto__": { "polluted": true }\n');
    expectRefusal(() => PortTableFile.load(path), 'table-key-unknown');
    expect(({} as any).polluted).toBeUndefined();
  });
});

describe('fails for', () => {
  test('no path, a folder, and a path that does not exist', () => {
    expectRefusal(() => PortTableFile.load(undefined as unknown as string), 'path-required');
    expectRefusal(() => PortTableFile.load('lib'), 'file-missing');
    expectRefusal(() => PortTableFile.load('no.yaml'), 'file-missing');
    expectRefusal(() => PortTableFile.load('${TfToken[TOKEN.0]}'), 'path-not-known');
  });

  test.each([
    ['leads through a file', () => join(write(YAML), 'x')],
    ['is too long', () => 'x'.repeat(5000)],
    ['is a link to itself', circle],
    ['contains a null character', () => 'a\0b'],
  ])('a path that %s', (_what, pathOf) => {
    const path = pathOf();
    expectRefusal(() => PortTableFile.load(path), 'file-not-readable');
  });

  test('an empty file, a list, and two documents', () => {
    const path = write('');
    expectRefusal(() => PortTableFile.load(path), 'table-value-invalid');
    write('- a\n');
    expectRefusal(() => PortTableFile.load(path), 'table-value-invalid');
    write(`${YAML}---\n${YAML}`);
    expectRefusal(() => PortTableFile.load(path), 'table-file-with-two-tables');
  });
});
