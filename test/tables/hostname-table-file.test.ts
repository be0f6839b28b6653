import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Basis, HostnameTableFile, Port } from '../../lib';
import { expectRefusal } from '../support/refusals';

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-hostnames-'));
const YAML = `id: hosts
title: Hosts of the platform
reference: https://wiki.example.com/hosts
edition: 2026-10
comparedOn: 2026-11-21
options:
  - { id: telemetry, title: Telemetry, default: true, section: Telemetry }
parameters:
  - { id: region, title: The region, example: eu-central-1 }
hostnames:
  - name: registry
    hostname: registry.{region}.example.com
    ports: [443/tcp, 80/tcp]
    portsBasis: table
    section: Hosts
    remark: images
  - { name: usage, hostname: usage.example.com, ports: [443/tcp], portsBasis: text, section: Hosts, when: { telemetry: true } }
supplements:
  - name: time
    hostname: time.example.com
    ports: [123/udp]
    portsBasis: inferred
    section: Time
    reason: clocks drift
    reference: https://wiki.example.com/time
`;

function load(text: string): unknown {
  const path = join(directory, 'hosts.yaml');
  writeFileSync(path, text);
  return HostnameTableFile.load(path);
}

test('reads every property of a table', () => {
  expect(load(`$schema: ../hostname-table.schema.json\n${YAML}`)).toEqual({
    id: 'hosts',
    title: 'Hosts of the platform',
    reference: 'https://wiki.example.com/hosts',
    edition: '2026-10',
    comparedOn: '2026-11-21',
    options: [{ id: 'telemetry', title: 'Telemetry', default: 'true', section: 'Telemetry' }],
    parameters: [{ id: 'region', title: 'The region', example: 'eu-central-1' }],
    hostnames: [
      {
        name: 'registry',
        hostname: 'registry.{region}.example.com',
        ports: [Port.tcp(443), Port.tcp(80)],
        portsBasis: Basis.TABLE,
        section: 'Hosts',
        remark: 'images',
      },
      {
        name: 'usage',
        hostname: 'usage.example.com',
        ports: [Port.tcp(443)],
        portsBasis: Basis.TEXT,
        section: 'Hosts',
        when: { telemetry: ['true'] },
      },
    ],
    supplements: [
      {
        name: 'time',
        hostname: 'time.example.com',
        ports: [Port.udp(123)],
        portsBasis: Basis.INFERRED,
        section: 'Time',
        reason: 'clocks drift',
        reference: 'https://wiki.example.com/time',
      },
    ],
  });
});

test.each<[what: string, from: string, to: string, code: Parameters<typeof expectRefusal>[1], line: number]>([
  ['a missing title', 'title: Hosts of the platform\n', '', 'table-key-missing', 1],
  [
    'a misspelled property of a row',
    '    section: Hosts\n    remark',
    '    sectoin: Hosts\n    remark',
    'table-key-unknown',
    15,
  ],
  ['a port without protocol', '80/tcp', '80', 'port-invalid', 13],
  ['an unknown basis', 'portsBasis: table', 'portsBasis: tabel', 'table-value-invalid', 14],
  ['a hostname with a scheme', 'hostname: time', 'hostname: https://time', 'hostname-invalid', 20],
  ['an unknown choice', 'telemetry: true }', 'telemetry: maybe }', 'table-choice-unknown', 17],
  ['an unknown parameter', '.{region}.', '.{zone}.', 'table-parameter-unknown', 12],
  ['a parameter without use', 'registry.{region}.', 'registry.', 'table-parameter-unused', 9],
  ['two rows of one name', 'name: time', 'name: usage', 'table-entry-repeated', 19],
  ['a supplement without reason', '    reason: clocks drift\n', '', 'table-key-missing', 19],
])('an error names the file and the line of %s', (_what, from, to, code, line) => {
  expect(YAML).toContain(from);
  expectRefusal(() => load(YAML.replace(from, to)), code);
  expect(() => load(YAML.replace(from, to))).toThrow(new RegExp(`hosts\\.yaml.*\\(line ${line}\\)`));
});

test('a row is named in an error, so that its author finds it', () => {
  expect(() => load(YAML.replace('ports: [443/tcp, 80/tcp]', 'ports: []'))).toThrow(
    /hosts\.yaml, table hosts, row registry \(line 13\): ports must have at least one entry/,
  );
});
