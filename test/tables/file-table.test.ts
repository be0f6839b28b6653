import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PortTable, PortTableFile } from 'cdktf-cluster-ports';
import { errorOf, expectRefusal } from '../support/refusals';

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-file-tables-'));

/** An extract of the document of K3s. */
const YAML = `id: k3s
title: "Requirements: Inbound Rules for K3s Nodes"
reference: https://github.com/k3s-io/docs/blob/005d295/docs/installation/requirements.md
edition: 2026-11
comparedOn: 2026-11-28
roles:
  - { id: server, title: Servers }
  - { id: agent, title: Agents }
options:
  - { id: embedded-etcd, title: Embedded etcd, default: false, section: Networking }
  - id: flannel-backend
    title: The Flannel backend
    choices: [vxlan, wireguard-native, none]
    default: vxlan
    section: Networking
flows:
  - source: server
    destination: server
    section: Inbound Rules
    protocolBasis: table
    internal: true
    when: { embedded-etcd: true }
    rows:
      - { name: etcd, port: 2379-2380/tcp, description: Required only for HA with embedded etcd }
  - source: [server, agent]
    destination: [server, agent]
    section: Inbound Rules
    protocolBasis: table
    rows:
      - { name: kubelet, port: 10250/tcp, description: Kubelet metrics, section: Networking, internal: true }
      - { name: backend, port: 8472/udp, description: Flannel, protocolBasis: text, when: { flannel-backend: [vxlan, none] } }
`;

function load(...changes: [from: string, to: string][]): PortTable {
  const text = changes.reduce((before, [from, to]) => {
    expect(before).toContain(from);
    return before.replace(from, to);
  }, YAML);
  const path = join(directory, 'ports.yaml');
  writeFileSync(path, text);
  return PortTableFile.load(path);
}

/** Returns the rows of a table, one line each. */
function linesOf({ flows }: PortTable): string[] {
  return flows.flatMap(({ source, destination, when: ofFlow = {}, rows }) =>
    rows.map(({ name, port, section, protocolBasis, internal = false, when = {} }) =>
      [
        `${source.id}>${destination.id}/${name} ${String(port)}`,
        `${section}, ${protocolBasis}${internal ? ', internal' : ''}`,
        ...Object.entries({ ...ofFlow, ...when }).map(([option, choices]) => `${option}=${choices.join('|')}`),
      ].join('; '),
    ),
  );
}

test('has one flow for each pair of roles, and rows with what they leave to their flow', () => {
  expect(linesOf(load())).toEqual([
    'server>server/etcd 2379-2380/tcp; Inbound Rules, table, internal; embedded-etcd=true',
    'server>server/kubelet 10250/tcp; Networking, table, internal',
    'server>server/backend 8472/udp; Inbound Rules, text; flannel-backend=vxlan|none',
    'server>agent/kubelet 10250/tcp; Networking, table, internal',
    'server>agent/backend 8472/udp; Inbound Rules, text; flannel-backend=vxlan|none',
    'agent>server/kubelet 10250/tcp; Networking, table, internal',
    'agent>server/backend 8472/udp; Inbound Rules, text; flannel-backend=vxlan|none',
    'agent>agent/kubelet 10250/tcp; Networking, table, internal',
    'agent>agent/backend 8472/udp; Inbound Rules, text; flannel-backend=vxlan|none',
  ]);
  const { flows, options } = load();
  expect(flows.map(({ source, destination }) => `${source.title} to ${destination.title}`)).toEqual([
    'Servers to Servers',
    'Servers to Agents',
    'Agents to Servers',
    'Agents to Agents',
  ]);
  expect(options?.map((option) => option.default)).toEqual(['false', 'vxlan']);
});

test('a row takes its level and the basis of its direction from its flow', () => {
  const table = load(
    ['  - source: [', '  - level: pod\n    directionBasis: manifest\n    source: ['],
    ['section: Networking, internal', 'section: Networking, level: node-port, directionBasis: source-code, internal'],
  );
  expect(table.flows[1].rows.map(({ name, level, directionBasis }) => `${name} ${level} ${directionBasis}`)).toEqual([
    'kubelet node-port source-code',
    'backend pod manifest',
  ]);
  expect(Object.keys(table.flows[1]).sort()).toEqual(['destination', 'rows', 'source']);
});

test('a row may be for one IP family', () => {
  const { flows } = load(['section: Networking, internal', 'section: Networking, family: ipv6, internal']);
  expect(flows[1].rows.map(({ name, family }) => [name, family])).toEqual([
    ['kubelet', 'ipv6'],
    ['backend', undefined],
  ]);
});

test('the row overrides its flow, also with false', () => {
  const table = load(['description: Required only', 'internal: false, description: Required only']);
  expect(linesOf(table)[0]).toBe('server>server/etcd 2379-2380/tcp; Inbound Rules, table; embedded-etcd=true');
});

test('adds the condition of a flow to those of its rows', () => {
  const table = load([
    '    rows:\n      - { name: kubelet',
    '    when: { embedded-etcd: [true, false] }\n    rows:\n      - { name: kubelet',
  ]);
  expect(linesOf(table)[2]).toBe(
    'server>server/backend 8472/udp; Inbound Rules, text; embedded-etcd=true|false; flannel-backend=vxlan|none',
  );
});

test('takes roles in flows and in the list of roles in one file', () => {
  const lines = linesOf(
    load([
      '  - source: server\n    destination: server',
      '  - source: { id: client, title: Clients }\n    destination: server',
    ]),
  );
  expect(lines[0]).toMatch(/^client>server\/etcd /);
});

describe('names the line, and fails for', () => {
  test.each<[string, [string, string][], string, number]>([
    ['an unknown role', [['source: server', 'source: serve']], 'table-role-unknown', 17],
    ['an unknown role in a list', [['[server, agent]', '[server, agnt]']], 'table-role-unknown', 25],
    ['a role twice at one end', [['[server, agent]', '[agent, agent]']], 'table-entry-repeated', 25],
    ['an end without roles', [['[server, agent]', '[]']], 'table-list-empty', 25],
    [
      'a role that no flow names',
      [['agent, title', 'other, title: O }\n  - { id: agent, title']],
      'table-role-unused',
      8,
    ],
    ['a role with two titles', [['agent, title', 'server, title']], 'table-entry-repeated', 8],
    [
      'an id of a role in capitals',
      [
        ['id: server', 'id: SERVER'],
        ['source: server\n    destination: server', 'source: SERVER\n    destination: agent'],
        ['[server, agent]', 'agent'],
        ['[server, agent]', 'agent'],
      ],
      'table-name-invalid',
      17,
    ],
    ['a name of several pairs', [['  - source: [', '  - name: all\n    source: [']], 'table-flow-name-invalid', 25],
    ['no section', [['    section: Inbound Rules\n', '']], 'table-key-missing', 23],
    ['an empty section of a flow', [['section: Inbound Rules', 'section: ""']], 'text-required', 19],
    ['no basis', [['    protocolBasis: table\n', '']], 'table-key-missing', 23],
    ['one row between two roles twice', [['name: kubelet', 'name: etcd']], 'table-entry-repeated', 30],
    ['an unknown level', [['protocolBasis: text', 'level: service, protocolBasis: text']], 'table-value-invalid', 31],
    ['an unknown option', [['{ embedded-etcd', '{ etcd']], 'table-option-unknown', 22],
    ['an unknown choice', [['[vxlan, none]', '[vxlan, host-gw]']], 'table-choice-unknown', 31],
    ['a number as choice', [['[vxlan, none]', '5']], 'table-value-invalid', 31],
    ['a list of a list as choice', [['[vxlan, none]', '[[vxlan]]']], 'table-value-invalid', 31],
    ['an object as choice', [['[vxlan, none]', '{ vxlan: true }']], 'table-value-invalid', 31],
    ['a list of conditions', [['{ embedded-etcd: true }', '[embedded-etcd]']], 'table-value-invalid', 22],
    ['a default that is no choice', [['default: vxlan', 'default: host-gw']], 'table-choice-unknown', 14],
    ['a list as default', [['default: vxlan', 'default: [vxlan]']], 'table-value-invalid', 14],
    ['an option that no row names', [['    when: { embedded-etcd: true }\n', '']], 'table-option-unused', 10],
    [
      'an option of a flow in its row again',
      [['with embedded etcd }', 'with embedded etcd, when: { embedded-etcd: false } }']],
      'table-entry-repeated',
      24,
    ],
    [
      'flows of one pair of which one is optional',
      [['  - source: server', '  - optional: true\n    source: server']],
      'table-flows-differ',
      26,
    ],
  ])('%s', (_what, changes, code, line) => {
    expectRefusal(() => load(...changes), code);
    expect(errorOf(() => load(...changes)).message).toContain(`line ${line})`);
  });
});
