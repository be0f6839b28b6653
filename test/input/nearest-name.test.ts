import { checkPropNames, nearestName } from '../../lib/input/refusal';
import { suggestionOf } from '../support/fixes';
import { expectRefusal } from '../support/refusals';

const NAMES = ['api-server', 'flannel-udp', 'flannel-vxlan', 'kubelet', 'etcd'];

test.each([
  ['kubelett', 'kubelet'],
  ['kublet', 'kubelet'],
  ['etdc', 'etcd'],
  ['apiserver', 'api-server'],
  ['flannel-vlan', 'flannel-vxlan'],
])('reads %s as %s', (name, nearest) => {
  expect(nearestName(name, NAMES)).toBe(nearest);
});

test('accepts differences in up to half of the letters of a long name, and in two of a short one', () => {
  expect(nearestName('manage-console', ['management-console'])).toBe('management-console');
  expect(nearestName('msole', ['management-console'])).toBeUndefined();
  expect(nearestName('ui', ['api'])).toBe('api');
  expect(nearestName('xyz', ['api'])).toBeUndefined();
});

test.each([
  ['console', ['manager', 'managementConsole', 'concole'], 'managementConsole'],
  ['nodePort', ['ports', 'port'], 'port'],
  ['node_port', ['node', 'port-number', 'nodePort'], 'nodePort'],
  ['Kubelet', ['kubelet', 'kubelet-metrics'], 'kubelet'],
  ['vpcId', ['id', 'networks'], undefined],
])('prefers the name that has the words of %s', (name, names, nearest) => {
  expect(nearestName(name, names)).toBe(nearest);
});

test.each([
  ['hubble-rlay', ['tunnel', 'hubble', 'hubble-relay'], 'hubble-relay'],
  ['client-grpc-tl', ['grpc', 'https', 'client-grpc-tls'], 'client-grpc-tls'],
  ['hubble-ui', ['hubble', 'hubble-relay'], 'hubble'],
])('reads %s as a misspelled name before one of its words', (name, names, nearest) => {
  expect(nearestName(name, names)).toBe(nearest);
});

test.each([
  ['addresses', { ipRanges: true }, 'ipRanges'],
  ['addresses', { name: true, ranges: true }, 'ranges'],
  ['documentedEgress', { vpcId: true, egress: true }, 'egress'],
  ['dnsName', { hostname: true, name: true }, 'hostname'],
  ['dnsName', { ports: true }, undefined],
  ['rules', { describedRules: true }, 'describedRules'],
  ['rules', { network: true }, undefined],
])('suggests for the unknown property %s of %j only a name that exists', (name, names, suggestion) => {
  const act = (): void => {
    checkPropNames({ [name]: 1 }, names as never, 'place');
  };
  expectRefusal(act, 'prop-unknown');
  expect(suggestionOf(act)).toBe(suggestion && `"${suggestion}"`);
});

test('finds nothing if no name is near', () => {
  expect(nearestName('postgresql-replication', NAMES)).toBeUndefined();
  expect(nearestName('kubelet', [])).toBeUndefined();
  expect(nearestName('<<', ['id', 'title'])).toBeUndefined();
});
