import 'cdktf-cluster-ports/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, transpile } from 'typescript';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import * as input from '../../lib/input';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const firewall = { network: 'prod', target_tags: ['k8s-control-plane', 'web'], allow: [{ protocol: 'tcp' }] };
const CONFIGURATION = {
  resource: { aws_security_group: { web: {} }, google_compute_firewall: { rule: firewall } },
};
const GOOD = { port: '6443/tcp', from: '172.16.0.0/28', to: 'tag:k8s-control-plane' };

test.each<[string, unknown, string]>([
  ['without to', { port: '6443/tcp', from: '10.0.0.0/8' }, 'text-required'],
  ['that is text', '6443/tcp', 'row-invalid'],
  ['with an unknown property', { ...GOOD, ports: '1/tcp' }, 'prop-unknown'],
  ['with a port without a protocol', { ...GOOD, port: '6443' }, 'port-invalid'],
  ['with a port that is a number', { ...GOOD, port: 6443 }, 'text-required'],
  ['with the protocol first', { ...GOOD, port: 'udp/8472' }, 'port-invalid'],
  ['with a port range that descends', { ...GOOD, port: '2380-2379/tcp' }, 'port-invalid'],
  ['with a port that is too high', { ...GOOD, port: '65536' }, 'port-invalid'],
  ['with bits set after the prefix', { ...GOOD, from: '172.16.0.1/28' }, 'range-invalid'],
  ['with a name in an invalid range', { ...GOOD, from: 'tag:web in 10.0.0.1/8' }, 'range-invalid'],
  ['with an exception outside of its range', { ...GOOD, from: '10.0.0.0/8 except 11.0.0.0/16' }, 'range-invalid'],
  ['with an exception of a different family', { ...GOOD, from: '10.0.0.0/8 except ::/0' }, 'range-invalid'],
  ['with an exception that leaves nothing', { ...GOOD, from: '10.0.0.0/8 except 10.0.0.0/8' }, 'range-invalid'],
  ['with an exception that is not a range', { ...GOOD, from: '10.0.0.0/8 except 10.0.0.1' }, 'range-invalid'],
  ['with a far end that is an unknown name without a kind', { ...GOOD, from: 'office' }, 'group-unknown'],
  ['with all instances as the far end', { ...GOOD, from: 'all-instances' }, 'far-end-invalid'],
  ['with an unknown kind of name at the far end', { ...GOOD, from: 'tags:web' }, 'far-end-invalid'],
  ['with an unknown kind of machines', { ...GOOD, to: 'SG:web' }, 'machines-invalid'],
  ['with a prefix list where machines are needed', { ...GOOD, to: 'list:pl-1' }, 'machines-invalid'],
  ['with an IP range where machines are needed', { ...GOOD, direction: 'egress' }, 'machines-invalid'],
  ['between two ranges', { ...GOOD, to: '10.0.0.0/8' }, 'machines-missing'],
  ['with a direction in capitals', { ...GOOD, direction: 'INGRESS' }, 'direction-invalid'],
  ['with a network that is a number', { ...GOOD, network: 5 }, 'text-required'],
  [
    'with a network for a security group',
    { ...GOOD, to: 'sg:aws_security_group.web', network: 'prod' },
    'network-not-used',
  ],
])('fails for a row %s', (_what, row, code) => {
  expectRefusal(() => expect(CONFIGURATION).toPermitExactly([GOOD, row as never]), code);
});

test('fails for a row without a network if the configuration has two', () => {
  const stack = newStack();
  for (const network of ['prod', 'test']) {
    const prometheus = new GcpFirewall({ network, project: 'net-host', namePrefix: `${network}-` }).networkTag(
      'prometheus',
    );
    new PrometheusCostMetricsRule(stack, network, { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  }
  expectRefusal(
    () => expect(stack).toPermit({ port: '9090/tcp', from: '10.0.0.0/8', to: 'tag:prometheus' }),
    'network-required',
  );
});

test('fails for an unknown network, and for a name of several security groups', () => {
  const rule = { ...firewall, project: 'net-host' };
  const network = { resource: { google_compute_firewall: { rule } } };
  expectRefusal(() => expect(network).not.toPermit({ ...GOOD, network: 'prod' }), 'network-unknown');
  const groups = { resource: { aws_security_group: { a: { name: 'web' }, b: { name_prefix: 'web-' } } } };
  expectRefusal(() => expect(groups).not.toPermit({ ...GOOD, to: 'sg:web' }), 'group-ambiguous');
});

test('fails for rows that are not a list, or are empty', () => {
  expectRefusal(() => expect({ resource: {} }).toPermitExactly(GOOD as never), 'rows-required');
  expectRefusal(() => expect({ resource: {} }).toPermit([]), 'rows-required');
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'terraform-json-required'],
  ['a path without a file', 'no/such/cdk.tf.json', 'file-not-readable'],
  ['truncated text', '{"resource": ', 'json-invalid'],
  ['an object that is not Terraform JSON', { rows: [] }, 'terraform-json-required'],
])('fails for %s in place of a configuration', (_what, value, code) => {
  expectRefusal(() => expect(value).toPermitExactly([]), code);
});

test('fails outside Jest, where there is no expect', () => {
  const source = readFileSync(join(__dirname, '../../lib/testing/jest-expect.ts'), 'utf8');
  const script = transpile(source, { module: ModuleKind.CommonJS });
  const exports: { jestExpect?: () => unknown } = {};
  const load = (id: string): unknown => {
    if (id === '../input') return input;
    throw new Error('Do not import `@jest/globals` outside of the Jest test environment');
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- runs without the globals of Jest
  new Function('exports', 'require', 'globalThis', script)(exports, load, {});
  expectRefusal(() => exports.jestExpect!(), 'jest-required');
});
