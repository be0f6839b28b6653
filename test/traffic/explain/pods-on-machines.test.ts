import {
  AwsSecurityGroup,
  DocumentedPortRules,
  Egress,
  GcpFirewall,
  type IHostGroup,
  KubernetesDns,
  KubernetesPods,
  Peer,
} from '../../../lib';
import { explain } from '../../../lib/traffic/explain/explain';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { WEB } from '../../clouds/kubernetes/table';
import { newStack } from '../../support/clouds';

const NODE = 'firewall of the node';
const REASON = 'these files do not say on which machines the pod runs';

/** The shop and its web server, which are pods, and machines that the web server is open for too. */
function shop(machines: readonly IHostGroup[] = []): object {
  const stack = newStack();
  const pods = { namespace: 'prod', egress: Egress.DOCUMENTED, dns: KubernetesDns.kubeDns() };
  const client = KubernetesPods.labelled({ ...pods, labels: { app: 'shop' } });
  const server = KubernetesPods.labelled({ ...pods, labels: { app: 'web' } });
  new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client, server } });
  machines.forEach((machine, at) => {
    const roles = { client: Peer.cidr('10.0.0.0/8'), server: machine };
    new DocumentedPortRules(stack, `machines-${at}`, { table: WEB, roles });
  });
  return stack.toTerraform();
}

const PACKET = { from: 'pods prod:app=shop', to: 'pods prod:app=web', port: '8080/tcp' };

function explained(json: object, question = PACKET): ReturnType<typeof explain> {
  return explain(readTerraform(JSON.parse(JSON.stringify(json)), 'cdk.tf.json'), question);
}

function gatesOf(json: object, question = PACKET): string[] {
  return explained(json, question).gates.map(({ kind, name, end, verdict }) => `${kind} ${name}, ${end}: ${verdict}`);
}

const POLICIES_ONLY = [
  'network policies pods:prod:app=shop, source: passes',
  'network policies pods:prod:app=web, destination: passes',
];
const IN_SERIES = [
  POLICIES_ONLY[0],
  `${NODE} pods:prod:app=shop, source: not evaluated`,
  `${NODE} pods:prod:app=web, destination: not evaluated`,
  POLICIES_ONLY[1],
];

describe('pods run on machines, whose firewall is a gate that is not evaluated', () => {
  test('in front of the rules of a GcpFirewall', () => {
    const json = shop([new GcpFirewall({ network: 'prod' }).networkTag('db')]);
    expect(gatesOf(json)).toEqual(IN_SERIES);
    const { verdict, gates, refusedBy } = explained(json);
    expect(verdict).toBe('passes');
    expect(refusedBy).toBeUndefined();
    expect(gates[1]).toEqual({
      kind: NODE,
      end: 'source',
      packet: 'request',
      name: 'pods:prod:app=shop',
      verdict: 'not evaluated',
      reason: REASON,
      rules: [],
    });
  });

  test('in front of the rules of an AwsSecurityGroup', () => {
    const stack = newStack();
    const nodes = new AwsSecurityGroup(stack, 'nodes', {
      name: 'nodes',
      vpcId: 'vpc-0123456789abcdef0',
      egress: Egress.ALL,
    });
    const client = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'shop' } });
    const server = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'web' } });
    new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client, server } });
    new DocumentedPortRules(stack, 'nodes-rules', { table: WEB, roles: { client: nodes, server: nodes } });
    expect(gatesOf(stack.toTerraform()).slice(-2)).toEqual(IN_SERIES.slice(-2));
  });

  test('if a packet is between pods and an IP address', () => {
    const json = shop([new GcpFirewall({ network: 'prod' }).networkTag('db')]);
    expect(gatesOf(json, { ...PACKET, from: '10.1.2.3' })).toEqual([
      IN_SERIES[2],
      'network policies pods:prod:app=web, destination: refused',
    ]);
    expect(gatesOf(json, { ...PACKET, to: '10.1.2.3' })).toEqual([
      'network policies pods:prod:app=shop, source: refused',
      IN_SERIES[1],
    ]);
  });

  test.each([
    ['aws_network_acl', {}],
    ['aws_security_group', {}],
    ['google_compute_firewall_policy_rule', {}],
    ['google_compute_region_network_firewall_policy_rule', {}],
    ['azurerm_network_security_group', {}],
  ])('in front of resources that could not be evaluated: %s', (type, resource) => {
    const json = shop() as { resource: object };
    const { gates, verdict } = explained({ ...json, resource: { ...json.resource, [type]: { nodes: resource } } });
    expect(gates.map(({ kind }) => kind)).toEqual(['network policies', NODE, NODE, 'network policies']);
    expect(verdict).toBe('passes');
  });
});

test('pods have no firewall of machines if there is none in these files', () => {
  expect(gatesOf(shop())).toEqual(POLICIES_ONLY);
  const json = shop();
  const named = { data: { aws_security_group: { nodes: { name: 'nodes' } } } };
  expect(gatesOf({ ...json, ...named })).toEqual(POLICIES_ONLY);
});

test('machines have their own rules as a gate, and no firewall of a node', () => {
  const json = shop([new GcpFirewall({ network: 'prod' }).networkTag('db')]);
  expect(gatesOf(json, { ...PACKET, from: '10.1.2.3', to: 'network tag db' })).toEqual([
    'VPC firewall rules tag:db, destination: passes',
  ]);
});
