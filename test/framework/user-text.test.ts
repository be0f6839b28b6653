import type { TerraformStack } from 'cdktf';
import {
  ApinizerNodePorts,
  Basis,
  DocumentedPortRules,
  ExternalHosts,
  GcpFirewall,
  Peer,
  Port,
  type PortTable,
  PrometheusCostMetricsRule,
} from '../../lib';
import { newStack } from '../support/clouds';
import { descriptions } from '../support/opened';
import { resourcesOf } from '../support/refusals';

const HOSTILE = '${var.secret} %{ if true }$${a}%%{b}';
const LITERAL = '$${var.secret} %%{ if true }$$${a}%%%{b}';
const firewall = new GcpFirewall({ network: 'prod' });

function tableWith(text: string): PortTable {
  return {
    id: 'registry',
    title: text,
    reference: 'https://wiki.example.com/registry',
    edition: '2026-10',
    comparedOn: '2026-11-21',
    flows: [
      {
        source: { id: 'node', title: text },
        destination: { id: 'registry', title: text },
        rows: [{ name: 'pull', port: Port.tcp(5000), description: text, section: text, protocolBasis: Basis.TABLE }],
      },
    ],
  };
}

function provenanceOf(stack: TerraformStack): any {
  return stack.toTerraform()['//'].metadata.clusterPorts;
}

test('templates in a reason are literal text', () => {
  const stack = newStack();
  const apiPortal = { clients: Peer.anyIpv4(HOSTILE) };
  new ApinizerNodePorts(stack, 'ports', { workers: firewall.allInstances(HOSTILE), apiPortal });
  expect(descriptions(stack)).toEqual([
    `Default NodePort for Api Portal access; open to the world: ${LITERAL}; for all instances of the network: ${LITERAL} ` +
      '[apinizer-node-ports@2024-12/portal-client-to-worker/api-portal]',
  ]);
});

test('templates in a table of the user are literal text', () => {
  const stack = newStack();
  const roles = { node: Peer.cidr('10.0.0.0/8'), registry: firewall.networkTag('registry') };
  new DocumentedPortRules(stack, 'rules', { table: tableWith(HOSTILE), roles });
  expect(descriptions(stack)).toEqual([`${LITERAL} [registry@2026-10/node-to-registry/pull]`]);
});

test('names of peers and constructs are not in resources', () => {
  const stack = newStack();
  const platform = Peer.named(HOSTILE, '203.0.113.7/32');
  new PrometheusCostMetricsRule(stack, HOSTILE, {
    platform,
    prometheus: firewall.networkTag('web'),
  });
  expect(JSON.stringify(resourcesOf(stack))).not.toMatch(/[$%]\{/);
});

test('text is in the provenance as the user wrote it', () => {
  const stack = newStack();
  const roles = { node: Peer.named(HOSTILE, '10.0.0.0/8'), registry: ExternalHosts.named(HOSTILE, '10.8.0.0/28') };
  new DocumentedPortRules(stack, 'rules', { table: tableWith(HOSTILE), roles });
  const { peers, rows, documents } = provenanceOf(stack);
  expect(peers.map((peer: any) => peer.label)).toEqual([HOSTILE, HOSTILE]);
  expect(Object.values(rows)[0]).toMatchObject({ description: HOSTILE, section: HOSTILE, source: { title: HOSTILE } });
  expect(documents['registry@2026-10'].title).toBe(HOSTILE);
});
