import { TerraformStack, Testing } from 'cdktf';
import * as publicApi from '../../lib';
import { AwsNetworkFirewallRuleGroup, GcpSecureWebProxy, type IHostnameFilter } from '../../lib';
import { constructOf, hostnameEditionsOf } from '../../lib/products/catalog';
import { propName } from '../../lib/products/props-of-table';
import { defaultChoices, type HostnameTable, isMet } from '../../lib/tables';
import { parametersIn } from '../../lib/tables/hostname-parameters';
import { block, resources } from './terraform-blocks';

/** A firewall or proxy whose Terraform a page shows. */
interface Filter {
  readonly name: string;
  readonly filter: () => IHostnameFilter;
  /** How that is written. */
  readonly code: string;
  readonly resourceTypes: readonly string[];
}

const FILTERS: readonly Filter[] = [
  {
    name: 'GCP',
    filter: () => new GcpSecureWebProxy({ location: 'europe-west3' }),
    code: "new GcpSecureWebProxy({ location: 'europe-west3' })",
    resourceTypes: [
      'google_network_security_url_lists',
      'google_network_security_gateway_security_policy',
      'google_network_security_gateway_security_policy_rule',
    ],
  },
  {
    name: 'AWS',
    filter: () => new AwsNetworkFirewallRuleGroup(),
    code: 'new AwsNetworkFirewallRuleGroup()',
    resourceTypes: ['aws_networkfirewall_rule_group'],
  },
];

/** Returns the section of a page that shows what hostnames become on each cloud, with the documented choice of every option. */
export function hostnameSection(table: HostnameTable): string {
  const others = 'Other firewalls and proxies are on the page about [outbound hostnames](/docs/outbound.md).';
  return ['## Terraform', others, ...FILTERS.flatMap((filter) => throughFilter(table, filter))].join('\n\n');
}

function throughFilter(table: HostnameTable, { name, filter, code, resourceTypes }: Filter): string[] {
  const given = givenProps(table);
  const stack = new TerraformStack(Testing.app(), 'stack');
  const Hostnames = (publicApi as unknown as Record<string, new (...args: unknown[]) => void>)[constructOf(table)];
  new Hostnames(stack, 'hostnames', { ...given, through: filter() });
  const lines = Object.entries(given).map(([prop, value]) => `  ${prop}: '${value}',`);
  return [
    `### ${name}`,
    block('ts', [`new ${constructOf(table)}(this, 'hostnames', {`, ...lines, `  through: ${code},`, '});'].join('\n')),
    'becomes',
    block('hcl', resources(Testing.synthHcl(stack) as string, resourceTypes)),
  ];
}

/** Returns the values that open hostnames need, as the table has them for examples, and an edition that is not the default. */
function givenProps(table: HostnameTable): Readonly<Record<string, string>> {
  const choices = defaultChoices(table);
  const open = table.hostnames.filter(({ when }) => isMet(when, choices));
  const needed = (table.parameters ?? []).filter(({ id }) =>
    open.some(({ hostname }) => parametersIn(hostname).includes(id)),
  );
  return {
    ...(hostnameEditionsOf(table.id).length > 1 ? { edition: table.edition } : {}),
    ...Object.fromEntries(needed.map(({ id, example }) => [propName(id), example])),
  };
}
