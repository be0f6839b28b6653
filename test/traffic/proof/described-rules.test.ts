import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { type TerraformStack, Testing } from 'cdktf';
import { DocumentedPortRules, type DocumentedPortRulesProps, Port, PortTables } from '../../../lib';
import type { PortTable } from '../../../lib';
import { conditionOf, defaultChoices, isOpen } from '../../../lib/tables';
import { DocumentedRowIndex } from '../../../lib/traffic/documented-row';
import { readTerraform } from '../../../lib/traffic/read';
import type { Rule } from '../../../lib/traffic/rule';
import { type Cloud, CLOUDS, FIREWALL_POLICY, newStack } from '../../support/clouds';

// Plans and states have no provenance: the rows of a rule are those that its description names. Every row of every table is opened as
// documented and at a different port, and the rule must name its document for each of its ports.

type Choices = Readonly<Record<string, string>>;

/** Choices that together open every row of a table: the defaults, and what each row needs in addition. */
function choiceSets(table: PortTable): Choices[] {
  const defaults = defaultChoices(table);
  const needed = table.flows.flatMap((flow) =>
    flow.rows
      .filter((row) => !isOpen(flow, row, defaults))
      .map((row) => {
        const first = Object.entries(conditionOf(flow, row)).map(([option, listed]) => [
          option,
          listed.includes(defaults[option]) ? defaults[option] : listed[0],
        ]);
        return { ...defaults, ...Object.fromEntries(first) } as Choices;
      }),
  );
  const texts = [defaults, ...needed].map((choices) => JSON.stringify(choices));
  return [...new Set(texts)].map((text) => JSON.parse(text) as Choices);
}

/** The ports that a cloud cannot express. */
const NOT_EXPRESSED: Readonly<Record<string, RegExp>> = {
  GCP: /^\d+(?:\.\d+)?\/icmp(?:v6)?$/,
  [FIREWALL_POLICY.name]: /^\d+(?:\.\d+)?\/icmp(?:v6)?$/,
  AWS: /\/sctp$/,
};

/** Returns different ports for all rows that can be moved. */
function movedPorts(table: PortTable, choices: Choices, omit: readonly string[]): Record<string, Port> {
  const rows = table.flows
    .flatMap((flow) => flow.rows.filter((row) => isOpen(flow, row, choices)))
    .filter(({ name, port }) => /\/(?:tcp|udp|tcp\+udp|sctp)$/.test(port.text) && !omit.includes(name))
    .filter(({ port }) => port.toPort - port.fromPort < 40_000);
  return Object.fromEntries(
    rows.map(({ name, port }) => {
      const far = port.fromPort < 30_000 ? 20_000 : -20_000;
      const numbers = `${port.fromPort + far}-${port.toPort + far}`;
      return [name, Port.parse(`${numbers}/${port.text.split('/')[1]}`)];
    }),
  );
}

/** Returns the rules of the rows of a table, as a plan or a state has them. */
function rulesOf({ name, group }: Cloud, table: PortTable, choices: Choices, isMoved: boolean): readonly Rule[] {
  const flows = table.flows.filter((flow) => flow.rows.some((row) => isOpen(flow, row, choices)));
  const open = flows.flatMap((flow) => flow.rows.filter((row) => isOpen(flow, row, choices)));
  const refused = open.filter(({ port }) => NOT_EXPRESSED[name].test(port.text)).map((row) => row.name);
  const omit = [...new Set(refused)];
  if (open.every((row) => omit.includes(row.name))) return [];
  const stack: TerraformStack = newStack();
  new ComputeNetworkFirewallPolicyAssociation(stack, 'at', {
    name: 'prod',
    attachmentTarget: 'projects/net-host/global/networks/prod',
    firewallPolicy: 'prod',
    project: 'net-host',
  });
  const ids = [...new Set(flows.flatMap(({ source, destination }) => [source.id, destination.id]))];
  const props: DocumentedPortRulesProps = {
    table,
    roles: Object.fromEntries(ids.map((id) => [id, group(stack, id)])),
    options: { ...choices },
    omit,
    ports: isMoved ? movedPorts(table, choices, omit) : {},
  };
  new DocumentedPortRules(stack, 'rules', props);
  const configuration = readTerraform(JSON.parse(Testing.synth(stack)) as object, 'plan.json');
  expect(configuration.provenance.size).toBe(0);
  const index = new DocumentedRowIndex([configuration]);
  indexes.set(configuration.rules, index);
  return configuration.rules;
}

const indexes = new WeakMap<readonly Rule[], DocumentedRowIndex>();

/** Returns the ports of rules of a table that no row documents, with what is said about them instead. */
function unexplained(rules: readonly Rule[]): string[] {
  return rules
    .filter(({ description = '' }) => description.endsWith(']') && !/and-\d+-more\]$/.test(description))
    .flatMap((rule) =>
      rule.ports.flatMap((ports) => {
        const { documentedBy, doubt } = indexes.get(rules)!.reasonOf(rule, { ports: [ports], peers: [] });
        return documentedBy.length > 0 ? [] : [`${rule.description}: ${ports.join('-')}, ${doubt ?? 'no row'}`];
      }),
    );
}

describe.each(CLOUDS)('the description of a rule on $name', (cloud) => {
  test.each(PortTables.all())('names the row of $id@$edition for each port of the rule', (table) => {
    for (const choices of choiceSets(table)) {
      expect(unexplained(rulesOf(cloud, table, choices, false))).toEqual([]);
      expect(unexplained(rulesOf(cloud, table, choices, true))).toEqual([]);
    }
  });
});
