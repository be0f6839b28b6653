import { ApinizerNodePorts, Basis, DocumentedPortRules, GcpFirewall, type IPeer, Peer, Port } from '../../../lib';
import { newStack } from '../../support/clouds';
import { descriptions } from '../../support/opened';

const web = new GcpFirewall({ network: 'prod' }).networkTag('web');
const PORTAL = '[apinizer-node-ports@2024-12/portal-client-to-worker/api-portal]';

function describedFor(clients: IPeer): string[] {
  const stack = newStack();
  new ApinizerNodePorts(stack, 'ports', { workers: web, apiPortal: { clients } });
  return descriptions(stack);
}

test('describes only the firewall of the family that is open to the world as open', () => {
  expect(describedFor(Peer.anyOf(Peer.anyIpv4('public portal'), Peer.cidr('2001:db8::/32')))).toEqual([
    `Default NodePort for Api Portal access ${PORTAL}`,
    `Default NodePort for Api Portal access; open to the world: public portal ${PORTAL}`,
  ]);
});

test('gives each family its own reason', () => {
  expect(describedFor(Peer.anyOf(Peer.anyIpv4('public portal'), Peer.anyIpv6('public site')))).toEqual([
    `Default NodePort for Api Portal access; open to the world: public portal ${PORTAL}`,
    `Default NodePort for Api Portal access; open to the world: public site ${PORTAL}`,
  ]);
});

test.each(['Öffentlich – "für alle"', "it's public: 100 %?", 'C:\\temp `a` <b>', '公开的', 'Портал 👩‍💻', '${a} %{if}'])(
  'has the reason %j, because GCP accepts any text',
  (reason) => {
    const text = reason.replace(/([$%])\{/g, '$1$1{');
    expect(describedFor(Peer.anyIpv4(reason))).toEqual([
      `Default NodePort for Api Portal access; open to the world: ${text} ${PORTAL}`,
    ]);
    const all = new GcpFirewall({ network: 'prod' }).allInstances(reason);
    const stack = newStack();
    new ApinizerNodePorts(stack, 'ports', { workers: all, apiPortal: { clients: Peer.cidr('10.0.0.0/8') } });
    expect(descriptions(stack)).toEqual([
      `Default NodePort for Api Portal access; for all instances of the network: ${text} ${PORTAL}`,
    ]);
  },
);

describe('of 70 rows', () => {
  function describedRows(name: (number: string) => string, description: string): string {
    const stack = newStack();
    const rows = Array.from({ length: 70 }, (_, index) => ({
      name: name(String(index).padStart(2, '0')),
      port: Port.tcp(1000 + index),
      description: `${index} ${description}`,
      section: 'Ports',
      protocolBasis: Basis.TABLE,
    }));
    const table = {
      id: 'registry',
      title: 'Ports of the registry',
      reference: 'https://wiki.example.com/registry',
      edition: '2026-10',
      comparedOn: '2026-11-21',
      flows: [
        { source: { id: 'node', title: 'nodes' }, destination: { id: 'registry', title: 'registry servers' }, rows },
      ],
    };
    new DocumentedPortRules(stack, 'rules', { table, roles: { node: Peer.cidr('10.0.0.0/8'), registry: web } });
    return descriptions(stack)[0];
  }

  test('counts names that do not fit, and shortens the words of the vendor', () => {
    const description = describedRows((number) => `${'n'.repeat(38)}${number}`, 'd'.repeat(147));
    expect(description).toHaveLength(2048);
    expect(description).toMatch(/^0 d{147}, 1 d{147}, /);
    expect(description).toMatch(/d\.\.\. \[registry@2026-10\/node-to-registry\/n{38}00,and-69-more\]$/);
  });

  test('shortens words of any script between characters', () => {
    const description = describedRows((number) => `${'n'.repeat(38)}${number}`, '👩‍💻'.repeat(29));
    expect(description.length).toBeLessThanOrEqual(2048);
    expect(description).toMatch(/👩‍💻\.\.\. \[registry@2026-10\/node-to-registry\/n{38}00,and-69-more\]$/u);
    expect(description).not.toMatch(/\p{Cs}/u);
  });

  test('has all names if they fit', () => {
    expect(describedRows((number) => `row-${number}`, 'd'.repeat(147))).toMatch(/,row-67,row-68,row-69\]$/);
  });
});
