import type { TerraformStack } from 'cdktf';
import { Basis, DocumentedPortRules, type IHostGroup, Port, type PortTable } from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../support/clouds';
import { expectNothingCreated } from '../support/refusals';

const [server, agent] = ['server', 'agent'].map((id) => ({ id, title: `${id} nodes` }));
const rowOf = (name: string, port: Port, when?: Record<string, string[]>): PortTable['flows'][0]['rows'][0] => ({
  name,
  port,
  description: name,
  section: 'Ports',
  protocolBasis: Basis.TABLE,
  ...(when && { when }),
});

/** An extract of the document of RKE2. */
const TABLE: PortTable = {
  id: 'nodes',
  title: 'Inbound Network Rules',
  reference: 'https://docs.example.com/requirements',
  edition: '2026-05',
  comparedOn: '2026-11-28',
  options: [
    {
      id: 'cni',
      title: 'CNI plugin',
      choices: ['canal', 'cilium', 'flannel', 'none'],
      default: 'canal',
      section: 'CNI',
    },
    { id: 'windows', title: 'Windows agents', default: 'false', section: 'Windows' },
    { id: 'registry', title: 'Embedded registry', default: 'true', section: 'Registry' },
  ],
  flows: [
    {
      source: agent,
      destination: server,
      rows: [
        rowOf('supervisor', Port.tcp(9345)),
        rowOf('vxlan', Port.udp(8472), { cni: ['canal', 'flannel'] }),
        rowOf('cilium-health', Port.tcp(4240), { cni: ['cilium'] }),
        rowOf('flannel-windows', Port.udp(4789), { cni: ['flannel'], windows: ['true'] }),
      ],
    },
    { source: server, destination: agent, when: { registry: ['true'] }, rows: [rowOf('spegel', Port.tcp(5001))] },
  ],
};

type Props = Partial<ConstructorParameters<typeof DocumentedPortRules>[2]>;

function nodes(
  stack: TerraformStack,
  group: (name: string) => IHostGroup,
  options?: Record<string, string>,
  props: Props = {},
): DocumentedPortRules {
  const roles = { server: group('servers'), agent: group('agents') };
  return new DocumentedPortRules(stack, 'rules', { table: TABLE, roles, options, ...props });
}

opensOnBothClouds('opens the rows of the documented defaults', nodes, [
  'ingress 5001/tcp from servers at agents',
  'ingress 8472/udp from agents at servers',
  'ingress 9345/tcp from agents at servers',
]);

opensOnBothClouds(
  'opens the rows of a choice, and no row of a flag that is off',
  (stack, group) => nodes(stack, group, { cni: 'cilium', registry: 'false' }),
  ['ingress 4240/tcp from agents at servers', 'ingress 9345/tcp from agents at servers'],
);

opensOnBothClouds(
  'opens a row only if each of its options has one of the listed choices',
  (stack, group) => nodes(stack, group, { cni: 'flannel', windows: 'true', registry: 'false' }),
  [
    'ingress 4789/udp from agents at servers',
    'ingress 8472/udp from agents at servers',
    'ingress 9345/tcp from agents at servers',
  ],
);

opensOnBothClouds(
  'needs no machines for a role whose rows are closed',
  (stack, group) => {
    const [first] = TABLE.flows;
    const edge = { source: { id: 'edge', title: 'edge nodes' }, destination: server };
    const flows = [first, { ...edge, rows: [rowOf('edge', Port.tcp(1), { windows: ['true'] })] }];
    const table = { ...TABLE, options: TABLE.options!.slice(0, 2), flows };
    nodes(stack, group, { cni: 'none' }, { table });
  },
  ['ingress 9345/tcp from agents at servers'],
);

opensOnBothClouds(
  'omits and moves a row that a choice opens',
  (stack, group) =>
    nodes(stack, group, { cni: 'cilium' }, { omit: ['spegel'], ports: { 'cilium-health': Port.tcp(4241) } }),
  ['ingress 4241/tcp from agents at servers', 'ingress 9345/tcp from agents at servers'],
);

opensOnBothClouds(
  'opens two flows between the same roles with the names that one flow would have',
  (stack, group) => {
    const [first, last] = TABLE.flows;
    const extra = { ...last, source: agent, destination: server };
    nodes(
      stack,
      group,
      {},
      { table: { ...TABLE, flows: [{ ...first, rows: first.rows.slice(0, 2) }, first, extra].map(distinctRows) } },
    );
  },
  [
    'ingress 5001/tcp from agents at servers',
    'ingress 8472/udp from agents at servers',
    'ingress 9345/tcp from agents at servers',
  ],
);

/** Gives the rows of a flow names of their own. */
function distinctRows(flow: PortTable['flows'][0], index: number): PortTable['flows'][0] {
  return { ...flow, rows: flow.rows.map((row) => ({ ...row, name: `${row.name}-${index}` })) };
}

test('a flow says which choices opened it, and the table stays whole', () => {
  const stack = newStack();
  const { flows } = nodes(stack, (name) => CLOUDS[0].group(stack, name), { cni: 'none' });
  expect(flows.map(({ key, options }) => ({ key, options }))).toEqual([
    { key: 'agent>server/supervisor', options: { cni: 'none', windows: 'false', registry: 'true' } },
    { key: 'server>agent/spegel', options: { cni: 'none', windows: 'false', registry: 'true' } },
  ]);
  expect(flows[0].table.flows[0].rows.map(({ name }) => name)).toEqual([
    'supervisor',
    'vxlan',
    'cilium-health',
    'flannel-windows',
  ]);
});

describe('fails for', () => {
  test.each<[string, unknown, Props, string]>([
    ['an unknown option', { cnii: 'canal' }, {}, 'option-unknown'],
    ['an unknown choice', { cni: 'calico' }, {}, 'choice-unknown'],
    ['a boolean', { windows: true }, {}, 'choice-unknown'],
    ['a number', { cni: 5 }, {}, 'choice-unknown'],
    ['a choice that is nothing', { cni: undefined }, {}, 'choice-unknown'],
    ['text', 'cilium', {}, 'options-invalid'],
    ['null', null, {}, 'options-invalid'],
    ['a list', ['cilium'], {}, 'options-invalid'],
    ['a Map', new Map([['cni', 'canal']]), {}, 'options-invalid'],
    ['an option of a table without options', { cni: 'canal' }, { table: withoutOptions() }, 'option-unknown'],
    ['a closed row in omit', {}, { omit: ['cilium-health'] }, 'row-closed'],
    ['the key of a closed row in omit', {}, { omit: ['agent>server/cilium-health'] }, 'row-closed'],
    ['a row of a closed flow in omit', { registry: 'false' }, { omit: ['spegel'] }, 'row-closed'],
    ['a closed row in ports', {}, { ports: { 'flannel-windows': Port.udp(4790) } }, 'row-closed'],
    ['a row that one of two options closes', { windows: 'true' }, { omit: ['flannel-windows'] }, 'row-closed'],
    ['no row that is left', { cni: 'none', registry: 'false' }, { omit: ['supervisor'] }, 'nothing-left'],
    ['the row of no table', {}, { omit: ['calico'] }, 'row-unknown'],
  ])('%s', (_what, options, props, code) => {
    expectNothingCreated(
      (stack) => nodes(stack, (name) => CLOUDS[0].group(stack, name), options as Record<string, string>, props),
      code,
    );
  });
});

function withoutOptions(): PortTable {
  const [{ rows, ...flow }] = TABLE.flows;
  return { ...TABLE, options: undefined, flows: [{ ...flow, rows: rows.slice(0, 1) }] };
}
