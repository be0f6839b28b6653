import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** A link to itself. */
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

test('reads everything that a table can say, with carriage returns and a byte order mark', () => {
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

test('nobody can change what was read', () => {
  const { flows } = PortTableFile.load(write(YAML));
  expect(Object.isFrozen(flows[0].rows[0])).toBe(true);
});

test('an old name of a property in JSON is answered with the new one', () => {
  const json = JSON.stringify(TABLE, (_, value) => (value instanceof Port ? '5000/tcp' : value));
  const path = write(json.replace('"protocolBasis"', '"clusterInternal":true,"protocolBasis"'), 'ports.json');
  expect(() => PortTableFile.load(path)).toThrow('got "clusterInternal"; did you mean "internal"?');
});

describe('names the file, the row and the line, and fails for', () => {
  const row = 'row pull (line';
  const rowProperties =
    'a row has the properties name, port, description, purpose, impact, section, protocolBasis, internal';
  test.each<[string, [string, string], string]>([
    [
      'a number as port',
      ['5000/tcp', '5000'],
      `, ${row} 11): a port must be written as "6443/tcp" or "2379-2380/tcp", got 5000; did you mean "5000/tcp"?`,
    ],
    [
      'a port that is none',
      ['5000/tcp', '70000/tcp'],
      `, ${row} 11): a port must be a whole number from 1 to 65535, got 70000`,
    ],
    [
      'a range that runs down',
      ['5000/tcp', '5001-5000/tcp'],
      `, ${row} 11): a port range must run upwards, got 5001-5000; did you mean 5000-5001?`,
    ],
    [
      'a property that no row has',
      ['port:', 'prot:'],
      `, ${row} 11): ${rowProperties}, got "prot"; did you mean "port"?`,
    ],
    [
      'the old name of protocolBasis',
      ['protocolBasis: table', 'protocolFrom: table'],
      `, ${row} 14): ${rowProperties}, got "protocolFrom"; did you mean "protocolBasis"?`,
    ],
    [
      'the old name of internal',
      [': table', ': table\n        clusterInternal: true'],
      `, ${row} 15): ${rowProperties}, got "clusterInternal"; did you mean "internal"?`,
    ],
    [
      'the old name of impact',
      [': table', ': table\n        whenClosed: pods do not start'],
      `, ${row} 15): ${rowProperties}, got "whenClosed"; did you mean "impact"?`,
    ],
    [
      'an old name that no row of ports had',
      [': table', ': table\n        portsFrom: table'],
      `, ${row} 15): ${rowProperties}, got "portsFrom"`,
    ],
    ['a property of the prototype', ['port:', '__proto__:'], `, ${row} 11): ${rowProperties}, got "__proto__"`],
    ['a row without a port', ['        port: 5000/tcp\n', ''], `, ${row} 10): port of a row is needed, got nothing`],
    ['a number as description', ['Pulls', '5'], `, ${row} 12): description must be text, got 5; did you mean "5"?`],
    ['no description', ['Pulls', ''], `, ${row} 12): description must be text, got nothing`],
    ['a list as description', ['Pulls', '[Pulls]'], `, ${row} 12): description must be text, got a list`],
    [
      'a description that cannot stand in a rule',
      ['Pulls', "Pulls 'all'"],
      `, table registry, flow node>registry, ${row} 12): description must be plain ASCII without quotes and backslashes, because it goes into descriptions, got "Pulls 'all'"`,
    ],
    [
      'a basis of its own',
      [': table', ': guess'],
      `, ${row} 14): protocolBasis must be one of table, command, request-template, text, inferred, got "guess"`,
    ],
    [
      'text as a flag',
      [': table', ': table\n        internal: "yes"'],
      `, ${row} 15): internal must be true or false, got "yes"`,
    ],
    [
      'no name of a row',
      ['name: pull', 'name: Pull'],
      `, table registry, flow node>registry (line 10): the name of a row must be lower-case letters, digits and hyphens, at most 40, beginning with a letter, got "Pull"`,
    ],
    ['a role by name', ['{ id: node, title: nodes }', 'node'], ' (line 7): source must be a role, got "node"'],
    [
      'rows that are no list',
      ['      - name: pull', '        name: pull'],
      ' (line 10): rows must be a list, got an object',
    ],
    ['a year as edition', ['2026-10', '2026'], ' (line 4): edition must be text, got 2026; did you mean "2026"?'],
    [
      'a version as edition',
      ['2026-10', 'v2'],
      ', table registry (line 4): edition must be the year and month of the document, as "2024-12", got "v2"',
    ],
    [
      'a property twice',
      ['title: Ports', 'id: again\ntitle: Ports'],
      ', line 2: a property must stand once in an object, got "id" twice',
    ],
    [
      'a property twice in a row',
      ['section: Ports', 'section: Ports\n        port: 443/tcp'],
      ', line 14: a property must stand once in an object, got "port" twice',
    ],
    [
      'a port that is a list',
      ['5000/tcp', '[5000/tcp]'],
      `, ${row} 11): a port must be written as "6443/tcp" or "2379-2380/tcp", got a list`,
    ],
    [
      'a basis with a typing error',
      ['Basis: table', 'Basis: tabel'],
      `, ${row} 14): protocolBasis must be one of table, command, request-template, text, inferred, got "tabel"; did you mean "table"?`,
    ],
    [
      'an id in capitals',
      ['id: registry\n', 'id: Registry\n'],
      ' (line 1): table.id must be lower-case letters, digits and hyphens, at most 40, beginning with a letter, got "Registry"',
    ],
    [
      'a day that is none',
      ['2026-11-21', 'yesterday'],
      ', table registry (line 5): comparedOn must be a day, as "2026-11-21", got "yesterday"',
    ],
    [
      'a row twice',
      ['protocolBasis: table\n', `protocolBasis: table\n${YAML.split('\n').slice(9).join('\n')}`],
      ', table registry, flow node>registry (line 15): row pull must have a name of its own, got it twice',
    ],
    [
      'a supplement without an address of a page',
      [
        'protocolBasis: table\n',
        'protocolBasis: table\nsupplements:\n  - source: { id: x, title: x }\n    destination: { id: y, title: y }\n' +
          '    reason: it is needed\n    reference: the wiki\n' +
          '    rows: [{ name: z, port: 1/tcp, description: Z, section: Z, protocolBasis: table }]\n',
      ],
      ', table registry (line 19): reference must be the address of the document, got "the wiki"',
    ],
    [
      'text that is no YAML',
      ['id: registry', 'id: [registry'],
      ', line 2: the file must be YAML or JSON, got flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'a tag',
      ['Pulls', '!!js/function Pulls'],
      ', line 12: the file must be YAML or JSON, got unresolved tag: tag:yaml.org,2002:js/function',
    ],
    [
      'an anchor that nothing uses',
      ['{ id: node, title: nodes }', '&a { id: node, title: nodes }'],
      ', line 7: a table must be written out, got the anchor &a',
    ],
    [
      'a tag of text that is text anyway',
      ['{ id: node, title: nodes }', '{ id: !!str node, title: nodes }'],
      ', line 7: a table must be written out, got the tag !!str',
    ],
    [
      'a tag of a map that is one anyway',
      ['{ id: node, title: nodes }', '!!map { id: node, title: nodes }'],
      ', line 7: a table must be written out, got the tag !!map',
    ],
    [
      'an alias',
      ['{ id: node, title: nodes }', '&a { id: node, title: nodes }\n    x: *a'],
      ', line 8: a table must be written out, got the alias *a',
    ],
  ])('%s', (_what, [from, to], sentence) => {
    const text = YAML.replace(from, to);
    expect(text).not.toBe(YAML);
    const path = write(text);
    expectRefusal(() => PortTableFile.load(path), `PortTableFile.load, ${path}${sentence}`);
  });
});

describe('fails for a hostile file:', () => {
  const refuses = (what: string, content: () => string, sentence: (path: string) => string): void => {
    test(what, () => {
      const path = write(content());
      const startedAt = process.hrtime.bigint();
      expectRefusal(() => PortTableFile.load(path), sentence(path));
      expect(Number(process.hrtime.bigint() - startedAt) / 1e9).toBeLessThan(5);
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
    (path) => `PortTableFile.load, ${path}, line 2: a table must be written out, got the alias *a`,
  );
  refuses(
    '100 MB',
    () => 'x'.repeat(100_000_000),
    (path) =>
      `PortTableFile.load: a table must have at most 1000000 bytes, got 100000000 in ${JSON.stringify(path).slice(0, 100)}`,
  );
  for (const [what, piece] of [
    ['brackets', '['],
    ['braces', '{a: '],
    ['dashes', '- '],
    ['question marks', '? '],
  ]) {
    refuses(
      `${what} without end`,
      () => piece.repeat(Math.floor(999_000 / piece.length)),
      (path) => `PortTableFile.load, ${path}, line 1: a table must be at most 20 levels deep, got more`,
    );
  }
  refuses(
    'properties without end',
    () => Array.from({ length: 60_000 }, (_, index) => `part-${index}: 1`).join('\n'),
    (path) =>
      `PortTableFile.load, ${path} (line 1): a port table has the properties $schema, id, title, reference, edition, ` +
      'checkedFor, comparedOn, flows, supplements, discrepancies, got "part-0"',
  );
  test('a key that is another object', () => {
    const path = write('"__proto__": { "polluted": true }\n');
    expect(() => PortTableFile.load(path)).toThrow(/got "__proto__"$/);
    expect(({} as any).polluted).toBeUndefined();
  });
});

describe('fails for', () => {
  const call = 'PortTableFile.load';
  test('no path, a folder, and a path with nothing there', () => {
    expectRefusal(
      () => PortTableFile.load(undefined as unknown as string),
      `${call}: the path of a file is needed, got nothing`,
    );
    expectRefusal(() => PortTableFile.load('lib'), `${call}: the path must be that of a file, got "lib"`);
    expectRefusal(
      () => PortTableFile.load('no.yaml'),
      `${call}: the file must exist in ${process.cwd()} or be given by its whole path, got "no.yaml"`,
    );
    expectRefusal(
      () => PortTableFile.load('${TfToken[TOKEN.0]}'),
      `${call}: the path must be known at synthesis, got "\${TfToken[TOKEN.0]}"`,
    );
  });

  test.each([
    ['leads through a file', () => join(write(YAML), 'x'), (path: string) => `a path through a file at "${path}"`],
    ['is too long', () => 'x'.repeat(5000), () => `a name that is too long at "${'x'.repeat(99)}...`],
    ['goes round in a circle', circle, (path: string) => `a link to itself at "${path}"`],
    ['no system takes', () => 'a\0b', () => 'a character that no path has at "a\\u0000b"'],
  ])('a path that %s', (_what, pathOf, got) => {
    const path = pathOf();
    const sentence = `${call}: the file must be one that can be read, got ${got(path)}`;
    expectRefusal(() => PortTableFile.load(path), sentence);
  });

  test('an empty file, a list, and two documents', () => {
    const path = write('');
    const place = `${call}, ${path}`;
    expectRefusal(() => PortTableFile.load(path), `${place} (line 1): the file must be a port table, got nothing`);
    write('- a\n');
    expectRefusal(() => PortTableFile.load(path), `${place} (line 1): the file must be a port table, got a list`);
    write(`${YAML}---\n${YAML}`);
    expectRefusal(() => PortTableFile.load(path), `${place}: the file must hold one table, got two documents`);
  });
});
