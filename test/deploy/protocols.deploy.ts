import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, Testing } from 'cdktf';
import { AwsSecurityGroup, Basis, DocumentedPortRules, Egress, Peer, Port, type PortRow } from 'cdktf-cluster-ports';
import { deployment } from './deployment';

const REGION = 'eu-central-1';
const deployed = deployment();

const row = (name: string, port: Port): PortRow => ({
  name,
  port,
  description: name,
  section: 'Ports',
  protocolBasis: Basis.TABLE,
});

function nodes(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: REGION });
  const vpcId = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id;
  const node = new AwsSecurityGroup(stack, 'node', { name: 'node', vpcId, egress: Egress.DOCUMENTED });
  const [source, destination] = [
    { id: 'client', title: 'Clients' },
    { id: 'node', title: 'Nodes' },
  ];
  const rows = [
    row('dns', Port.tcpAndUdp(53)),
    row('ping', Port.icmp(8)),
    row('too-big', Port.icmp(3, 4)),
    row('neighbours', Port.icmpv6()),
    row('vrrp', Port.ip(112)),
    row('ip-in-ip', Port.ip(4)),
  ];
  const table = {
    id: 'protocols',
    title: 'A table',
    reference: 'https://wiki.example.com/table',
    edition: '2026-11',
    comparedOn: '2026-11-28',
    flows: [
      { source: destination, destination, rows },
      { source, destination, rows },
    ],
  };
  const client = Peer.named('clients', '10.8.0.0/16', '2001:db8::/32');
  new DocumentedPortRules(stack, 'rules', { table, roles: { client, node } });
  return stack;
}

test('rules of every protocol are created, and a second plan is empty', async () => {
  const { cloud, terraform } = deployed();
  const folder = terraform();
  await folder.write(nodes());
  await folder.apply();
  expect(await folder.plan()).toEqual([]);
  expect(await cloud.region(REGION).rules()).toMatchSnapshot();
  await folder.destroy();
  folder.remove();
});
