import { TerraformStack, Testing } from 'cdktf';
import * as publicApi from '../../lib';
import { AwsSecurityGroup, DocumentedPortRules, Egress, GcpFirewall, type IHostGroup } from '../../lib';
import { editionsOf } from '../../lib/products/catalog';
import { isByHand } from '../../lib/products/construct-names';
import { propName } from '../../lib/products/props-of-table';
import { openRows } from '../../lib/opening';
import { defaultChoices, type PortTable, type PortRow } from '../../lib/tables';
import { className } from '../products/names';
import { block, resources } from './terraform-blocks';

/** A cloud whose Terraform a page shows. */
interface Cloud {
  readonly name: string;
  /** Makes the host group of a role. */
  readonly group: (stack: TerraformStack, role: string) => IHostGroup;
  /** How that is written. */
  readonly code: (role: string) => string;
  readonly head: string;
  /** The type of the resources that a page shows. */
  readonly resourceType: string;
  /** Whether rules of the cloud can express the port of a row. */
  readonly expresses: (row: PortRow) => boolean;
}

const VPC = 'vpc-0123456789abcdef0';
const CLOUDS: readonly Cloud[] = [
  {
    name: 'GCP',
    group: (_stack, role) => new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag(role),
    code: (role) => `firewall.networkTag('${role}')`,
    head: "const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });",
    resourceType: 'google_compute_firewall',
    expresses: ({ port }) => !/^\d.*\/icmp(?:v6)?$/.test(port.text),
  },
  {
    name: 'AWS',
    group: (stack, role) => new AwsSecurityGroup(stack, role, { name: role, vpcId: VPC, egress: Egress.ALL }),
    code: (role) => `group('${role}')`,
    head: [
      'const group = (name: string) =>',
      `  new AwsSecurityGroup(this, name, { name, vpcId: '${VPC}', egress: Egress.ALL });`,
    ].join('\n'),
    resourceType: 'aws_vpc_security_group_ingress_rule',
    expresses: ({ port }) => !port.text.endsWith('/sctp'),
  },
];

/** Returns the section of a page that shows what a table becomes on each cloud, with the documented choice of every option. */
export function terraformSection(table: PortTable): string {
  return ['## Terraform', ...CLOUDS.flatMap((cloud) => ofCloud(table, cloud))].join('\n\n');
}

function ofCloud(table: PortTable, cloud: Cloud): string[] {
  const flows = openFlowsOf(table);
  const rows = flows.flatMap((flow) => flow.rows);
  const omit = namesOf(rows.filter((row) => !cloud.expresses(row)));
  if (rows.every((row) => omit.includes(row.name))) {
    return [`### ${cloud.name}`, `Rules of ${cloud.name} cannot express what is open with the documented choices.`];
  }
  const expressed = flows.filter((flow) => flow.rows.some((row) => !omit.includes(row.name)));
  const roles = [...new Set(expressed.flatMap(({ source, destination }) => [source.id, destination.id]))].sort();
  const stack = new TerraformStack(Testing.app(), 'stack');
  open(stack, table, Object.fromEntries(roles.map((role) => [role, cloud.group(stack, role)])), omit);
  const note = omit.length === 0 ? [] : [`Rules of ${cloud.name} cannot express ${omit.join(', ')}.`];
  return [
    `### ${cloud.name}`,
    ...note,
    block('ts', codeOf(table, cloud, roles, omit)),
    'becomes',
    block('hcl', resources(Testing.synthHcl(stack) as string, [cloud.resourceType])),
  ];
}

/** Returns the flows of a table with the rows that are open with the documented choices. */
function openFlowsOf(table: PortTable): PortTable['flows'] {
  const choices = defaultChoices({ ...table, options: table.options ?? [] });
  return table.flows.map((flow) => openRows(flow, choices)).filter(({ rows }) => rows.length > 0);
}

function namesOf(rows: readonly PortRow[]): string[] {
  return [...new Set(rows.map(({ name }) => name))];
}

function open(stack: TerraformStack, table: PortTable, machines: Record<string, IHostGroup>, omit: string[]): void {
  if (isByHand(table)) {
    new DocumentedPortRules(stack, 'rules', { table, roles: machines, omit });
    return;
  }
  const Rules = (publicApi as unknown as Record<string, new (...args: unknown[]) => void>)[className(table)];
  const props = Object.entries(machines).map(([role, group]) => [propName(role), group]);
  new Rules(stack, 'rules', { ...Object.fromEntries(props), edition: table.edition, omit });
}

/** Returns the call that `open` makes. */
function codeOf(table: PortTable, cloud: Cloud, roles: readonly string[], omit: readonly string[]): string {
  const closed = omit.length === 0 ? [] : [`  omit: [${omit.map((name) => `'${name}'`).join(', ')}],`];
  if (isByHand(table)) {
    const members = roles.map((role) => `${quotedIfNeeded(role)}: ${cloud.code(role)}`);
    return [
      cloud.head,
      `new DocumentedPortRules(this, 'rules', {`,
      `  table: PortTables.named('${table.id}', '${table.edition}'),`,
      `  roles: { ${members.join(', ')} },`,
      ...closed,
      '});',
    ].join('\n');
  }
  return [
    cloud.head,
    `new ${className(table)}(this, 'rules', {`,
    ...(editionsOf(table.id).length > 1 ? [`  edition: '${table.edition}',`] : []),
    ...roles.map((role) => `  ${propName(role)}: ${cloud.code(role)},`),
    ...closed,
    '});',
  ].join('\n');
}

function quotedIfNeeded(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}
