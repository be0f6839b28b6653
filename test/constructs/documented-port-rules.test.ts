import { Basis, DocumentedPortRules, Peer, Port, type PortTable } from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../support/clouds';

const TABLE: PortTable = {
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
        {
          name: 'gossip',
          port: Port.udpRange(7946, 7950),
          description: 'Gossip',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
        },
      ],
    },
  ],
};

opensOnBothClouds(
  'opens the ports of a table of the user',
  (stack, group) =>
    new DocumentedPortRules(stack, 'rules', {
      table: TABLE,
      roles: { node: Peer.anyOf(group('nodes'), Peer.cidr('10.30.0.0/20')), registry: group('registry') },
    }),
  [
    'ingress 5000/tcp from 10.30.0.0/20 at registry',
    'ingress 5000/tcp from nodes at registry',
    'ingress 7946-7950/udp from 10.30.0.0/20 at registry',
    'ingress 7946-7950/udp from nodes at registry',
  ],
);

test('keeps the content that the table had when it was given', () => {
  const stack = newStack();
  const table = { ...TABLE, flows: TABLE.flows.map((flow) => ({ ...flow, rows: [...flow.rows] })) };
  const rules = new DocumentedPortRules(stack, 'rules', {
    table,
    roles: { node: Peer.cidr('10.0.0.0/8'), registry: CLOUDS[0].group(stack, 'registry') },
  });
  table.title = 'something else';
  table.flows[0].rows.pop();
  expect(rules.flows[0].table.title).toBe('Ports of the registry');
  expect(rules.flows[0].table.flows[0].rows).toHaveLength(2);
});
