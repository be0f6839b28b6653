import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type IPeer,
  type PortRow,
  type PortTable,
} from '../../lib';
import { newStack } from '../support/clouds';
import { descriptions, opened } from '../support/opened';
import { expectRefusal, resourcesOf } from '../support/refusals';

const registry = new GcpFirewall({ network: 'prod' }).networkTag('registry');

const ROLES = { node: Peer.cidr('10.0.0.0/8'), registry };

function newTable(changes: Partial<PortTable> = {}, row: Partial<PortRow> = {}): PortTable {
  const pull = { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports' };
  return {
    id: 'registry',
    title: 'Ports of the registry',
    reference: 'https://wiki.example.com/registry',
    edition: '2026-10',
    comparedOn: '2026-11-21',
    flows: [
      {
        source: { id: 'node', title: 'nodes' },
        destination: { id: 'registry', title: 'registry servers' },
        rows: [{ ...pull, protocolBasis: Basis.TABLE, ...row }],
      },
    ],
    ...changes,
  };
}

function open(stack: TerraformStack, table: PortTable, roles: Record<string, IPeer> = ROLES): DocumentedPortRules {
  return new DocumentedPortRules(stack, 'rules', { table, roles });
}

function twoStacks(): [TerraformStack, TerraformStack] {
  const app = Testing.app();
  return [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
}

/** A row that says this at the first reading, and that at all others. */
function changing(property: string, first: unknown, then: unknown): PortTable {
  const table = newTable();
  let readings = 0;
  const get = (): unknown => ((readings += 1) === 1 ? first : then);
  Object.defineProperty(table.flows[0].rows[0], property, { enumerable: true, get });
  return table;
}

test('what was checked is what is opened, though the table says something else when it is read again', () => {
  const stack = newStack();
  open(stack, changing('description', 'Pulls', '${TfToken[TOKEN.0]}'));
  expect(descriptions(stack)).toEqual(['Pulls [registry@2026-10/node-to-registry/pull]']);
});

test('fails for the world in a row that was internal when it was read', () => {
  const stack = newStack();
  expectRefusal(
    () => open(stack, changing('internal', true, false), { node: Peer.anyIpv4('public'), registry }),
    'DocumentedPortRules "stack/rules": row pull (5000/tcp) must not be open to the world, ' +
      'got Peer.anyIpv4("public")',
  );
});

describe.each([
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  KubeadmFlannelClusterRules,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
])('the table of $name', ({ PORTS }) => {
  const parts = (value: unknown): object[] =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(parts)] : [];

  test('cannot be changed, whatever is in it', () => {
    expect(parts(PORTS).length).toBeGreaterThan(5);
    expect(parts(PORTS).filter((part) => !Object.isFrozen(part))).toEqual([]);
  });
});

describe('tables of one id and edition', () => {
  const need = 'the tables of one id and edition (registry@2026-10) must be the same';
  const content = 'a table whose content is';

  test('may be given twice with the same content', () => {
    for (const stack of twoStacks()) {
      open(stack, newTable());
      expect(opened(stack)).toEqual(['ingress 5000/tcp from 10.0.0.0/8 at registry']);
    }
  });

  test('fail with other content, in another stack too', () => {
    const [left, right] = twoStacks();
    open(left, newTable());
    expectRefusal(
      () => open(right, newTable({ title: 'Another' })),
      `DocumentedPortRules "right/rules": ${need}, got ${content} cc51de87 where ${content} 244cd508 is given too`,
    );
    expect(resourcesOf(right)).toEqual({});
  });

  test('fail with other rows, of which a rule is shared', () => {
    const stack = newStack();
    const group = AwsSecurityGroup.fromId('sg-01234567');
    const roles = { node: Peer.cidr('10.0.0.0/8'), registry: group };
    open(stack, newTable(), roles);
    const table = newTable({}, { description: 'Pushes' });
    expect(() => new DocumentedPortRules(stack, 'more', { table, roles })).toThrow(
      `DocumentedPortRules "stack/more": ${need}, got ${content} `,
    );
    expect(descriptions(stack)).toEqual(['Pulls [registry@2026-10/node-to-registry/pull]']);
  });

  test('fail as one of ours, which users may give as it is', () => {
    const [left, right] = twoStacks();
    const roles = { platform: Peer.address('203.0.113.7'), prometheus: registry };
    new PrometheusCostMetricsRule(left, 'rule', roles);
    expect(() => open(left, newTable({ id: 'prometheus-cost-metrics', edition: '2025-03' }))).toThrow(
      'the tables of one id and edition (prometheus-cost-metrics@2025-03) must be the same',
    );
    new DocumentedPortRules(right, 'rule', { table: PrometheusCostMetricsRule.PORTS, roles });
    expect(opened(right)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at registry']);
  });

  test('are others in another edition', () => {
    const [left, right] = twoStacks();
    open(left, newTable());
    open(right, newTable({ edition: '2026-11', title: 'Another' }));
    expect(opened(right)).toEqual(['ingress 5000/tcp from 10.0.0.0/8 at registry']);
  });
});

test('a rule says the first sentence of a description, and the provenance says all of it', () => {
  const stack = newStack();
  const description = 'Pulls of v1.2 images. Every node has to reach it. Really.';
  open(stack, newTable({}, { description }));
  expect(descriptions(stack)).toEqual(['Pulls of v1.2 images [registry@2026-10/node-to-registry/pull]']);
  expect(
    stack.toTerraform()['//'].metadata.clusterPorts.rows['registry@2026-10/node-to-registry/pull'].description,
  ).toBe(description);
});
