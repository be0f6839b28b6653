import 'cdktf-cluster-ports/testing';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { basename } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import * as publicApi from 'cdktf-cluster-ports';
import { DocumentedPortRules, HostGroup, type IHostGroup, type PortTable } from 'cdktf-cluster-ports';
import { tableByKey } from '../../lib/products/catalog';
import { propName } from '../../lib/products/props-of-table';
import { type Choices, choicesOf, defaultChoices } from '../../lib/tables';
import { className } from '../../scripts/products/names';
import { CLOUDS, FIREWALL_POLICY, nameOfTag, newStack } from '../support/clouds';
import { DOCUMENT_FILES } from './document-lines';

// What each construct opens is read from its Terraform by code of this file, and compared with the lines of the document.

const GATES = [...CLOUDS, FIREWALL_POLICY];

type Synthesized = Readonly<Record<string, Readonly<Record<string, any>>>>;

/** Returns what a stack opens, one line for a port between two roles: `agent > server: 6443/tcp`. */
function openedFlows(stack: TerraformStack): string[] {
  const { resource = {} } = JSON.parse(Testing.synth(stack)) as { resource?: Synthesized };
  const rules = Object.values(resource.aws_vpc_security_group_ingress_rule ?? {}).map((rule) => {
    const [from, to] = [rule.referenced_security_group_id, rule.security_group_id].map(groupName);
    return `${from} > ${to}: ${awsPort(rule)}`;
  });
  const firewalls = Object.values(resource.google_compute_firewall ?? {}).flatMap((firewall) =>
    firewall.source_tags.flatMap((from: string) =>
      firewall.allow.flatMap(({ protocol, ports }: { protocol: string; ports?: string[] }) =>
        (ports ?? ['']).flatMap((port) =>
          firewall.target_tags.map((to: string) => `${from} > ${to}: ${gcpPort(protocol, port)}`),
        ),
      ),
    ),
  );
  const ofPolicy = Object.values(resource.google_compute_network_firewall_policy_rule ?? {}).flatMap((rule) =>
    rule.match.src_secure_tags.flatMap((from: { name: string }) =>
      rule.match.layer4_configs.flatMap(({ ip_protocol, ports }: { ip_protocol: string; ports?: string[] }) =>
        (ports ?? ['']).flatMap((port) =>
          rule.target_secure_tags.map(
            (to: { name: string }) => `${tagName(from)} > ${tagName(to)}: ${gcpPort(ip_protocol, port)}`,
          ),
        ),
      ),
    ),
  );
  return [...new Set<string>([...rules, ...firewalls, ...ofPolicy])].sort();
}

function tagName({ name }: { name: string }): string {
  return nameOfTag(name);
}

function groupName(id: string): string {
  return /^\$\{aws_security_group\.group_(.*)\.id\}$/.exec(id)![1];
}

function awsPort({ from_port: from, to_port: to, ip_protocol: protocol }: any): string {
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    const numbers = [from, to].filter((number) => number !== -1).join('.');
    return numbers === '' ? protocol : `${numbers}/${protocol}`;
  }
  if (from === undefined || from === -1) return `${protocol}/ip`;
  return `${from === to ? from : `${from}-${to}`}/${protocol}`;
}

const GCP_NUMBERS: Readonly<Record<string, number>> = { ipip: 4, esp: 50, ah: 51 };

function gcpPort(protocol: string, port: string): string {
  if (port !== '') return `${port}/${protocol}`;
  return protocol === 'icmp' ? protocol : `${GCP_NUMBERS[protocol] ?? protocol}/ip`;
}

/** Returns what a document has open with these choices, in the same form. */
function documentedFlows(flows: readonly string[], choices: Choices): string[] {
  const open = flows.filter((flow) => conditionsOf(flow).every(([option, listed]) => listed.includes(choices[option])));
  return [...new Set(open.map((flow) => flow.replace(/ \[.*/, '')).flatMap(ofOneProtocol))].sort();
}

function conditionsOf(flow: string): (readonly [option: string, choices: readonly string[]])[] {
  const [, list = ''] = / \[(.*)\]$/.exec(flow) ?? [];
  const pairs = list.split(' ').map((text) => text.split('='));
  return pairs
    .filter(([option]) => option !== '' && option !== 'family')
    .map(([option, text]) => [option, text.split('|')]);
}

function ofOneProtocol(flow: string): string[] {
  return flow.endsWith('/tcp+udp') ? [flow.replace('/tcp+udp', '/tcp'), flow.replace('/tcp+udp', '/udp')] : [flow];
}

/** The documented defaults, and each other choice of each option. */
function choiceSets({ options = [], ...table }: PortTable): Choices[] {
  const defaults = defaultChoices({ ...table, options });
  const others = options.flatMap((option) =>
    choicesOf(option)
      .filter((choice) => choice !== option.default)
      .map((choice) => ({ ...defaults, [option.id]: choice })),
  );
  return [defaults, ...others];
}

/** The ports that a cloud cannot express, so that the construct refuses their rows. */
const NOT_EXPRESSED: Readonly<Record<string, RegExp>> = {
  // firewalls have no ICMP types, and no IP protocols but those with names and numbers
  GCP: /: \d+(?:\.\d+)?\/icmp(?:v6)?$/,
  [FIREWALL_POLICY.name]: /: \d+(?:\.\d+)?\/icmp(?:v6)?$/,
  // security groups have no ports of SCTP
  AWS: /\/sctp$/,
};

function construct(
  stack: TerraformStack,
  table: PortTable,
  machines: Readonly<Record<string, IHostGroup>>,
  choices: Choices,
  omit: string[],
): void {
  const name = className(table);
  if (!(name in publicApi)) {
    new DocumentedPortRules(stack, 'rules', { table, roles: machines, options: { ...choices }, omit });
    return;
  }
  const Rules = (publicApi as unknown as Record<string, new (...args: unknown[]) => void>)[name];
  const options = (table.options ?? []).map((option) => [
    propName(option.id),
    option.choices === undefined ? choices[option.id] === 'true' : choices[option.id],
  ]);
  const roles = Object.entries(machines).map(([id, group]) => [propName(id), group]);
  new Rules(stack, 'rules', { ...Object.fromEntries([...roles, ...options]), edition: table.edition, omit });
}

/** Returns the rows of a table that have one of these flows. */
function rowsWith(table: PortTable, flows: readonly string[]): string[] {
  const rows = table.flows.flatMap(({ source, destination, rows: ofFlow }) =>
    ofFlow
      .filter(({ port }) => flows.includes(`${source.id} > ${destination.id}: ${port.text}`))
      .map(({ name }) => name),
  );
  return [...new Set(rows)];
}

test.each(DOCUMENT_FILES.map(({ table, lines }) => ({ key: basename(table, '.yaml'), lines })))(
  '$key is read back from the rules of a firewall policy as its document has it',
  ({ key, lines }) => {
    const table = tableByKey(key)!;
    const choices = defaultChoices({ ...table, options: table.options ?? [] });
    const documented = documentedFlows(
      lines.flatMap((line) => line.flows),
      choices,
    );
    const refused = documented.filter((flow) => NOT_EXPRESSED[FIREWALL_POLICY.name].test(flow));
    if (documented.length === refused.length) return;
    const stack = newStack();
    new ComputeNetworkFirewallPolicyAssociation(stack, 'at', {
      name: 'prod',
      attachmentTarget: 'projects/net-host/global/networks/prod',
      firewallPolicy: 'prod',
      project: 'net-host',
    });
    const roles = [...new Set(documented.flatMap((flow) => flow.split(': ')[0].split(' > ')))];
    const machines = Object.fromEntries(roles.map((role) => [role, FIREWALL_POLICY.group(stack, role)]));
    construct(stack, table, machines, choices, rowsWith(table, refused));
    expect(stack).toMatchDocuments();
  },
);

describe.each(GATES)('on $name', ({ name: cloud, group }) => {
  test.each(DOCUMENT_FILES.map(({ table, lines }) => ({ key: basename(table, '.yaml'), lines })))(
    '$key opens what its document has, with each choice',
    ({ key, lines }) => {
      const table = tableByKey(key)!;
      const flows = lines.flatMap((line) => line.flows);
      const wrong = choiceSets(table).flatMap((choices) => {
        const documented = documentedFlows(flows, choices);
        const refused = documented.filter((flow) => NOT_EXPRESSED[cloud].test(flow));
        const expected = documented.filter((flow) => !refused.includes(flow));
        const stack = newStack();
        const roles = [...new Set(documented.flatMap((flow) => flow.split(': ')[0].split(' > ')))];
        const machines = Object.fromEntries(roles.map((role) => [role, group(stack, role)]));
        const omit = rowsWith(table, refused);
        if (omit.length > 0) {
          expect(() => construct(newStack(), table, machines, choices, [])).toThrow(
            new RegExp(omit.map((row) => `row ${row}\\b`).join('|')),
          );
        }
        if (expected.length > 0) construct(stack, table, machines, choices, omit);
        const opened = openedFlows(stack);
        const missing = expected.filter((flow) => !opened.includes(flow));
        const extra = opened.filter((flow) => !expected.includes(flow));
        return missing.length + extra.length === 0 ? [] : [{ choices, missing, extra }];
      });
      expect(wrong).toEqual([]);
    },
  );

  test.each(DOCUMENT_FILES.map(({ table, lines }) => ({ key: basename(table, '.yaml'), lines })))(
    '$key opens the same between every two host groups, if each role has several',
    ({ key, lines }) => {
      const table = tableByKey(key)!;
      const members = (role: string): string[] => [`${role}-a`, `${role}-b`];
      for (const choices of choiceSets(table)) {
        const documented = documentedFlows(
          lines.flatMap((line) => line.flows),
          choices,
        );
        const refused = documented.filter((flow) => NOT_EXPRESSED[cloud].test(flow));
        const open = documented.filter((flow) => !refused.includes(flow));
        const roles = [...new Set(documented.flatMap((flow) => flow.split(': ')[0].split(' > ')))];
        const stack = newStack();
        const machines = roles.map((role) => [
          role,
          HostGroup.anyOf(...members(role).map((member) => group(stack, member))),
        ]);
        if (open.length > 0) construct(stack, table, Object.fromEntries(machines), choices, rowsWith(table, refused));
        const pairs = open.flatMap((flow) => {
          const [ends, port] = flow.split(': ');
          const [from, to] = ends.split(' > ').map(members);
          return from.flatMap((source) => to.map((destination) => `${source} > ${destination}: ${port}`));
        });
        expect(openedFlows(stack)).toEqual(pairs.sort());
      }
    },
  );
});
