import * as publicApi from 'cdktf-cluster-ports';
import {
  AwsNetworkFirewallRuleGroup,
  ExternalProxy,
  GcpSecureWebProxy,
  type IHostnameFilter,
} from 'cdktf-cluster-ports';
import { Port, Protocol } from '../../lib/net';
import { allHostnameTables, hostnameTableByKey } from '../../lib/products/catalog';
import { isByHand } from '../../lib/products/construct-names';
import { propName } from '../../lib/products/props-of-table';
import { choicesOf } from '../../lib/tables';
import type { HostnameRow, HostnameTable } from '../../lib/tables/hostname-table';
import { Basis, tableKey, type TableOption } from '../../lib/tables/port-table';
import { className } from '../../scripts/products/names';
import { allowedHostnames } from '../support/allowed-hostnames';
import { newStack } from '../support/clouds';
import { conditionsIn, HOSTNAME_DOCUMENTS, hostnameDifferences, hostnameText, wrongDefaults } from './hostname-lines';

// The lines were typed from the vendors' documents. The last column says as which rows a line is read: see CONTRIBUTING.md.

test('every hostname table has the lines of its document', () => {
  expect(HOSTNAME_DOCUMENTS.map(({ key }) => key).sort()).toEqual(allHostnameTables().map(tableKey).sort());
});

describe.each(HOSTNAME_DOCUMENTS)('$key', ({ key, lines }) => {
  const table = hostnameTableByKey(key)!;

  test('has a row for each line of the document, and no other row', () => {
    expect(hostnameDifferences(table, lines)).toEqual({ missing: [], extra: [] });
  });

  test('allows by default what the document says that is needed by default', () => {
    expect(wrongDefaults(table, lines)).toEqual([]);
  });

  test('says that a port is inferred where the document prints none', () => {
    const printed = new Set(lines.filter(({ port }) => /\d/.test(port)).flatMap(({ rows }) => rows));
    const wrong = table.hostnames.filter(
      (row) => (row.portsBasis === Basis.INFERRED) === printed.has(hostnameText(row)),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('notices every changed fact', () => {
    const changes = changesOf(table);
    expect(changes.length).toBeGreaterThan(2);
    const unnoticed = changes.filter(({ changed }) => {
      const { missing, extra } = hostnameDifferences(changed, lines);
      return missing.length + extra.length + wrongDefaults(changed, lines).length === 0;
    });
    expect(unnoticed.map(({ what }) => what)).toEqual([]);
  });
});

interface Change {
  readonly what: string;
  readonly changed: HostnameTable;
}

/** Returns the table with each fact changed: hostname, ports, condition and presence of each row, and the default of each option. */
function changesOf(table: HostnameTable): Change[] {
  const lists = (['hostnames', 'supplements'] as const).flatMap((list) =>
    (table[list] ?? []).flatMap((row, at) =>
      changedRows(row, table.options ?? []).map(({ what, rows }) => ({
        what: `the ${what} of ${row.name}`,
        changed: { ...table, [list]: [...table[list]!.slice(0, at), ...rows, ...table[list]!.slice(at + 1)] },
      })),
    ),
  );
  const defaults = (table.options ?? []).flatMap((option, at) =>
    choicesOf(option)
      .filter((choice) => choice !== option.default && opensSomething(table, option, choice))
      .map((choice) => ({
        what: `the default of ${option.id}, to ${choice}`,
        changed: {
          ...table,
          options: table.options!.map((each, index) => (index === at ? { ...option, default: choice } : each)),
        },
      })),
  );
  return [...lists, ...defaults];
}

/** Whether a choice changes what is allowed while the other options have their defaults. */
function opensSomething(
  { hostnames, options = [] }: HostnameTable,
  { id, default: own }: TableOption,
  choice: string,
): boolean {
  const isOpen = (row: HostnameRow, chosen: string): boolean =>
    Object.entries(row.when ?? {}).every(([option, choices]) =>
      choices.includes(option === id ? chosen : options.find((each) => each.id === option)!.default),
    );
  return hostnames.some((row) => isOpen(row, own) !== isOpen(row, choice));
}

function changedRows(row: HostnameRow, options: readonly TableOption[]): { what: string; rows: HostnameRow[] }[] {
  const { hostname, ports, when } = row;
  const unused = options.find(({ id }) => when?.[id] === undefined);
  return [
    { what: 'presence', rows: [] },
    { what: 'hostname', rows: [{ ...row, hostname: hostname.replace(/[^.]+$/, 'invalid') }] },
    { what: 'first label', rows: [{ ...row, hostname: `x.${hostname}` }] },
    ...ports.map((port, at) => ({
      what: `port ${String(port)}`,
      rows: [{ ...row, ports: ports.map((each, index) => (index === at ? Port.tcp(8443) : each)) }],
    })),
    ...ports.map((port, at) => ({
      what: `protocol of ${String(port)}`,
      rows: [
        {
          ...row,
          ports: ports.map((each, index) =>
            index !== at ? each : each.protocol === Protocol.TCP ? Port.udp(each.fromPort) : Port.tcp(each.fromPort),
          ),
        },
      ],
    })),
    { what: 'number of ports', rows: [{ ...row, ports: [...ports, Port.tcp(8443)] }] },
    ...(when === undefined ? [] : [{ what: 'condition', rows: [{ ...row, when: undefined }] }]),
    ...(unused === undefined
      ? []
      : [{ what: 'option', rows: [{ ...row, when: { ...when, [unused.id]: [choicesOf(unused)[0]] } }] }]),
    ...Object.entries(when ?? {}).map(([id, choices]) => ({
      what: `choice of ${id}`,
      rows: [
        {
          ...row,
          when: {
            ...when,
            [id]: choicesOf(options.find((option) => option.id === id)!).filter((each) => !choices.includes(each)),
          },
        },
      ],
    })),
  ];
}

/** The values of parameters, typed here for all tables. */
const VALUES: Readonly<Record<string, string>> = {
  region: 'eu-west-3',
  'registry-account': '602401143452',
  cluster: 'blue',
  domain: 'k8s.example.org',
};

/** Returns the default choices of a table, and every choice that is not a default, with the others that it needs to open something. */
function combinations(table: HostnameTable, rows: readonly string[]): Record<string, string>[] {
  const single = (table.options ?? []).flatMap((option) =>
    choicesOf(option).map((choice) => ({ [option.id]: choice })),
  );
  const needed = rows.map((row) =>
    Object.fromEntries(conditionsIn(row).map(({ option, choices }) => [option, choices[0]])),
  );
  const all = [{}, ...single, ...needed].map((each) => JSON.stringify(each));
  return [...new Set(all)].map((text) => JSON.parse(text) as Record<string, string>);
}

const CASES = HOSTNAME_DOCUMENTS.map(({ key, lines }) => ({
  table: hostnameTableByKey(key)!,
  rows: [...new Set(lines.flatMap((line) => line.rows))].filter((row) => !row.startsWith('supplement: ')),
}))
  .filter(({ table }) => !isByHand(table))
  .flatMap(({ table, rows }) =>
    combinations(table, rows).map((options) => ({
      key: tableKey(table),
      choices: JSON.stringify(options),
      table,
      rows,
      options,
    })),
  );

test.each(CASES)(
  'the construct of $key allows exactly the lines of the document with $choices',
  ({ table, rows, options }) => {
    const defaults = Object.fromEntries((table.options ?? []).map((option) => [option.id, option.default]));
    const choices: Record<string, string> = { ...defaults, ...options };
    const open = rows.filter((row) => conditionsIn(row).every((each) => each.choices.includes(choices[each.option])));
    const expected = open
      .map((row) => row.replace(/ \[.*\]$/, '').replaceAll(/\{([^}]+)\}/g, (_all, id: string) => VALUES[id]))
      .flatMap((row) =>
        row
          .split(' ')
          .slice(1)
          .map((port) => `${port} ${row.split(' ')[0]}`),
      );
    const used = open.join(' ');
    const props = {
      ...Object.fromEntries(
        (table.parameters ?? [])
          .filter(({ id }) => used.includes(`{${id}}`))
          .map(({ id }) => [propName(id), VALUES[id]]),
      ),
      ...Object.fromEntries(
        Object.entries(options).map(([id, choice]) => {
          const isFlag = table.options!.find((option) => option.id === id)!.choices === undefined;
          return [propName(id), isFlag ? choice === 'true' : choice];
        }),
      ),
      edition: table.edition,
    };
    const Construct = (
      publicApi as unknown as Record<string, new (...args: unknown[]) => publicApi.DocumentedHostnames>
    )[className(table)];
    const asked = new Construct(newStack(), 'hostnames', { through: ExternalProxy.named('squid'), ...props });
    expect(
      asked.hostnames.flatMap(({ row }) => row.ports.map((port) => `${String(port)} ${row.hostname}`)).sort(),
    ).toEqual([...expected].sort());
    if (expected.some((line) => line.includes('udp'))) return; // these filters find names in TLS and HTTP
    const filters: IHostnameFilter[] = [
      new AwsNetworkFirewallRuleGroup(),
      new GcpSecureWebProxy({ location: 'europe-west3' }),
    ];
    for (const through of filters) {
      const stack = newStack();
      new Construct(stack, 'hostnames', { through, ...props });
      expect(allowedHostnames(stack)).toEqual([...new Set(expected)].sort());
    }
  },
);
