import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { ApinizerDataStoreRules, GcpFirewall, Peer, type GcpFirewallProps, type IHostGroup } from '../../lib';
import type { HostGroupJson, ProvenanceJson, SelectorJson } from '../../lib/model/provenance-json';
import { newStack } from '../support/clouds';

/** What the provenance of a stack says of the machines of a destination. */
function hostGroup(stack: TerraformStack, mongodb: IHostGroup): HostGroupJson {
  new ApinizerDataStoreRules(stack, 'stores', { workers: Peer.cidr('10.1.0.0/24'), mongodb });
  const root = stack.toTerraform() as { '//': { metadata: { clusterPorts: ProvenanceJson } } };
  return root['//'].metadata.clusterPorts.peers.flatMap(({ hostGroups = [] }) => hostGroups)[0];
}

/** By what they are selected. */
function selectedBy(...ends: Parameters<typeof hostGroup>): SelectorJson | undefined {
  return hostGroup(...ends).selectedBy;
}

const tagged = (props: Partial<GcpFirewallProps> = {}): IHostGroup =>
  new GcpFirewall({ network: 'prod', ...props }).networkTag('mongodb');

test('a tag has its meaning in a network', () => {
  expect(selectedBy(newStack(), tagged())).toEqual({ kind: 'tag', value: 'mongodb', network: 'prod' });
});

test('a network may be one of a project, let flows out or be disabled', () => {
  const props = { project: 'net-host', documentedEgress: false, disabled: true };
  expect(selectedBy(newStack(), tagged(props))).toEqual({
    kind: 'tag',
    value: 'mongodb',
    network: 'prod',
    project: 'net-host',
    isDisabled: true,
  });
  const egress = { documentedEgress: true, disabled: false };
  expect(selectedBy(newStack(), tagged(egress))).toMatchObject({ egress: 'documented' });
  expect(selectedBy(newStack(), tagged(egress))).not.toHaveProperty('isDisabled');
});

test.each([
  [{}, 'network prod'],
  [{ project: 'net-host' }, 'network prod of project net-host'],
  [{ network: 'projects/net-host/global/networks/prod' }, 'network prod of project net-host'],
])('%j is called %s', (props, network) => {
  expect(hostGroup(newStack(), tagged(props)).network).toBe(network);
});

test('all instances are selected for a reason', () => {
  const all = new GcpFirewall({ network: 'prod' }).allInstances('every node is a database');
  expect(selectedBy(newStack(), all)).toEqual({
    kind: 'all-instances',
    value: 'every node is a database',
    network: 'prod',
  });
});

test('a value that only Terraform knows is its expression, in the stack where it has a meaning', () => {
  const app = Testing.app();
  const [network, stack] = ['network', 'stack'].map((id) => new TerraformStack(app, id));
  const value = (name: string): string => new TerraformVariable(network, name, {}).stringValue;
  const mongodb = new GcpFirewall({ network: value('name'), project: value('project') }).serviceAccount(value('email'));
  expect(selectedBy(stack, mongodb)).toEqual({
    kind: 'account',
    value: '${var.email}',
    stack: 'network',
    network: '${var.name}',
    project: '${var.project}',
  });
});
