import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  Egress,
  GcpFirewall,
  type GcpFirewallProps,
  type IHostGroup,
  Peer,
} from '../../../lib';
import type { HostGroupJson, ProvenanceJson, SelectorJson } from '../../../lib/provenance/provenance-json';
import { newStack } from '../../support/clouds';

/** The machines of a destination in the provenance of a stack. */
function hostGroup(stack: TerraformStack, mongodb: IHostGroup): HostGroupJson {
  new ApinizerDataStoreRules(stack, 'stores', { workers: Peer.cidr('10.1.0.0/24'), mongodb });
  const root = stack.toTerraform() as { '//': { metadata: { clusterPorts: ProvenanceJson } } };
  return root['//'].metadata.clusterPorts.peers.flatMap(({ hostGroups = [] }) => hostGroups)[0];
}

/** How rules select them. */
function selectedBy(...ends: Parameters<typeof hostGroup>): SelectorJson | undefined {
  return hostGroup(...ends).selectedBy;
}

const tagged = (props: Partial<GcpFirewallProps> = {}): IHostGroup =>
  new GcpFirewall({ network: 'prod', ...props }).networkTag('mongodb');

test('a tag selects machines of a network', () => {
  expect(selectedBy(newStack(), tagged())).toEqual({ kind: 'tag', value: 'mongodb', network: 'prod' });
});

test('has the project, the egress and the disabled state of the firewall', () => {
  const props = { project: 'net-host', egress: Egress.UNMANAGED, disabled: true };
  expect(selectedBy(newStack(), tagged(props))).toEqual({
    kind: 'tag',
    value: 'mongodb',
    network: 'prod',
    project: 'net-host',
    isDisabled: true,
  });
  const documented = selectedBy(newStack(), tagged({ egress: Egress.DOCUMENTED, disabled: false }));
  expect(documented).toMatchObject({ egress: 'documented' });
  expect(documented).not.toHaveProperty('isDisabled');
  expect(selectedBy(newStack(), tagged({ egress: Egress.ALL }))).toMatchObject({ egress: 'everything' });
});

test.each([
  [{}, 'network prod'],
  [{ project: 'net-host' }, 'network prod of project net-host'],
  [{ network: 'projects/net-host/global/networks/prod' }, 'network prod of project net-host'],
])('%j is labelled %s', (props, network) => {
  expect(hostGroup(newStack(), tagged(props)).network).toBe(network);
});

test('all instances are selected with a reason', () => {
  const all = new GcpFirewall({ network: 'prod' }).allInstances('every node is a database');
  expect(selectedBy(newStack(), all)).toEqual({
    kind: 'all-instances',
    value: 'every node is a database',
    network: 'prod',
  });
});

test('a value that is known after apply is its expression, with the stack that it belongs to', () => {
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
