import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Peer,
  Port,
  type PortTable,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { descriptions } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

const workers = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const GATEWAY = '[apinizer-node-ports@2024-12/gateway-client-to-worker/api-gateway]';

/** The descriptions if one construct per reason opens the gateway to the world. */
function describedFor(...reasons: string[]): string[] {
  const stack = newStack();
  reasons.forEach((reason, index) => {
    const gateways = [{ environment: 'prod', clients: Peer.anyIpv4(reason) }];
    new ApinizerNodePorts(stack, `ports-${index}`, { workers, gateways });
  });
  return descriptions(stack);
}

test('a shared rule names the first reason and counts the others, in whichever order they come', () => {
  const shared = [
    `Default NodePort for Apinizer API Gateway access; open to the world: reason a, and 1 more ${GATEWAY}`,
  ];
  expect(describedFor('reason a', 'reason b')).toEqual(shared);
  expect(describedFor('reason b', 'reason a')).toEqual(shared);
});

test('a reason that is given twice is named once', () => {
  expect(describedFor('reason a', 'reason a')).toEqual([
    `Default NodePort for Apinizer API Gateway access; open to the world: reason a ${GATEWAY}`,
  ]);
});

test('only the rule for all IP addresses is described as open to the world', () => {
  const stack = newStack();
  const clients = Peer.anyOf(Peer.anyIpv4('public portal'), Peer.cidr('10.0.0.0/8', '2001:db8::/32'));
  new ApinizerNodePorts(stack, 'ports', { workers, apiPortal: { clients } });
  const row = '[apinizer-node-ports@2024-12/portal-client-to-worker/api-portal]';
  expect(descriptions(stack)).toEqual([
    `Default NodePort for Api Portal access ${row}`,
    `Default NodePort for Api Portal access ${row}`,
    `Default NodePort for Api Portal access; open to the world: public portal ${row}`,
  ]);
});

describe('a rule with the longest names', () => {
  function table(letter: string, source: string): PortTable {
    const row = { name: 'r'.repeat(40), port: Port.tcp(1), section: 'Ports', protocolBasis: Basis.TABLE };
    return {
      id: letter.repeat(40),
      title: 'A table',
      reference: 'https://wiki.example.com/table',
      edition: '2026-10',
      comparedOn: '2026-11-21',
      flows: [
        {
          source: { id: source, title: 'source' },
          destination: { id: 'registry', title: 'registry servers' },
          rows: [{ ...row, description: 'Words of the vendor' }],
        },
      ],
    };
  }
  const rolesOf = (source: string): Record<string, Peer | typeof workers> => ({
    [source]: Peer.anyIpv4('w'.repeat(100)),
    registry: workers,
  });

  test('keeps to 255 characters, however many share it', () => {
    const stack = newStack();
    const source = 's'.repeat(14);
    for (const letter of 'abcdefghijkl') {
      new DocumentedPortRules(stack, letter, { table: table(letter, source), roles: rolesOf(source) });
    }
    const key = `${'a'.repeat(40)}@2026-10/${'s'.repeat(14)}-to-registry/${'r'.repeat(40)}`;
    const [description] = descriptions(stack);
    expect(description).toBe(`open to the world: ${'w'.repeat(100)}, and 11 more [${key}]`);
    expect(description.length).toBeLessThanOrEqual(255);
  });

  test('fails if the description would have no room for flows that share the rule later', () => {
    const source = 's'.repeat(15);
    expectNothingCreated(
      (stack) => new DocumentedPortRules(stack, 'rules', { table: table('a', source), roles: rolesOf(source) }),
      'description-too-long',
    );
  });
});
