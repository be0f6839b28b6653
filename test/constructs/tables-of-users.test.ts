import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  GcpFirewall,
  type IPeer,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  type PortRow,
  type PortTable,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
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

/** A table with a row in which a property has one value on the first read, and a different one afterwards. */
function changing(property: string, first: unknown, then: unknown): PortTable {
  const table = newTable();
  let reads = 0;
  const get = (): unknown => ((reads += 1) === 1 ? first : then);
  Object.defineProperty(table.flows[0].rows[0], property, { enumerable: true, get });
  return table;
}

test('opens the values that were checked, even if the table returns different ones later', () => {
  const stack = newStack();
  open(stack, changing('description', 'Pulls', '${TfToken[TOKEN.0]}'));
  expect(descriptions(stack)).toEqual(['Pulls [registry@2026-10/node-to-registry/pull]']);
});

test('fails for the world in a row that was internal on the first read', () => {
  const stack = newStack();
  expectRefusal(
    () => open(stack, changing('internal', true, false), { node: Peer.anyIpv4('public'), registry }),
    'world-not-allowed',
  );
});

describe.each([
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  KubeadmFlannelClusterRules,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
])('the table of $name', ({ portTable }) => {
  const parts = (value: unknown): object[] =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(parts)] : [];

  test('is read-only with everything in it', () => {
    expect(parts(portTable).length).toBeGreaterThan(5);
    const writable = parts(portTable).flatMap((part) =>
      Object.values(Object.getOwnPropertyDescriptors(part)).filter((property) => property.writable),
    );
    expect(writable).toEqual([]);
  });
});

describe('tables of one id and edition', () => {
  test('may be given twice with the same content', () => {
    for (const stack of twoStacks()) {
      open(stack, newTable());
      expect(opened(stack)).toEqual(['ingress 5000/tcp from 10.0.0.0/8 at registry']);
    }
  });

  test('fail with different content, also in a different stack', () => {
    const [left, right] = twoStacks();
    open(left, newTable());
    expectRefusal(() => open(right, newTable({ title: 'Another' })), 'settings-disagree');
    expect(resourcesOf(right)).toEqual({});
  });

  test('fail with different rows that share a rule', () => {
    const stack = newStack();
    const group = AwsSecurityGroup.fromId('sg-01234567');
    const roles = { node: Peer.cidr('10.0.0.0/8'), registry: group };
    open(stack, newTable(), roles);
    const table = newTable({}, { description: 'Pushes' });
    expectRefusal(() => new DocumentedPortRules(stack, 'more', { table, roles }), 'settings-disagree');
    expect(descriptions(stack)).toEqual(['Pulls [registry@2026-10/node-to-registry/pull]']);
  });

  test('fail if they differ from a built-in table, which can be given unchanged', () => {
    const [left, right] = twoStacks();
    const roles = { platform: Peer.address('203.0.113.7'), prometheus: registry };
    new PrometheusCostMetricsRule(left, 'rule', roles);
    const changed = newTable({ id: 'prometheus-cost-metrics', edition: '2025-03' });
    expectRefusal(() => open(left, changed), 'settings-disagree');
    new DocumentedPortRules(right, 'rule', { table: PrometheusCostMetricsRule.portTable, roles });
    expect(opened(right)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at registry']);
  });

  test('may differ in a different edition', () => {
    const [left, right] = twoStacks();
    open(left, newTable());
    open(right, newTable({ edition: '2026-11', title: 'Another' }));
    expect(opened(right)).toEqual(['ingress 5000/tcp from 10.0.0.0/8 at registry']);
  });
});

test('a rule has the first sentence of a description, and the provenance has all of it', () => {
  const stack = newStack();
  const description = 'Pulls of v1.2 images. Every node has to reach it. Really.';
  open(stack, newTable({}, { description }));
  expect(descriptions(stack)).toEqual(['Pulls of v1.2 images [registry@2026-10/node-to-registry/pull]']);
  expect(
    stack.toTerraform()['//'].metadata.clusterPorts.rows['registry@2026-10/node-to-registry/pull'].description,
  ).toBe(description);
});
