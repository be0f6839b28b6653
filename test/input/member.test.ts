import { Basis, FlannelBackend, GcpLogging, LinuxDistribution } from 'cdktf-cluster-ports';
import { checkMember } from '../../lib/input';
import { AddressFamily } from '../../lib/net';
import { expectRefusal } from '../support/refusals';
import { suggestionOf } from '../support/fixes';

const check = (value: unknown, members: Record<string, string>) => () => {
  checkMember(value, { members, name: 'Enum', prop: 'prop', code: 'basis-invalid' }, 'place');
};

test('accepts the members', () => {
  for (const member of Object.values(Basis)) expect(check(member, Basis)).not.toThrow();
});

test('fails for a value that is not a member, and lists the members', () => {
  expectRefusal(check('wireguard', FlannelBackend), 'basis-invalid');
});

test.each<[string, Record<string, string>, string]>([
  ['UDP', FlannelBackend, 'Enum.UDP'],
  ['Documented', FlannelBackend, 'Enum.DOCUMENTED'],
  ['WITHOUT_METADATA', GcpLogging, 'Enum.WITHOUT_METADATA'],
  ['include-all-metadata', GcpLogging, 'Enum.ALL'],
  ['redhat', LinuxDistribution, 'Enum.RED_HAT'],
  ['ubunto', LinuxDistribution, 'Enum.UBUNTU'],
  ['vxlam', FlannelBackend, 'Enum.VXLAN'],
])('suggests for %s the member that is meant', (value, members, member) => {
  expect(suggestionOf(check(value, members))).toBe(member);
});

test.each<[unknown, Record<string, string>]>([
  ['wireguard', FlannelBackend],
  ['host-gw', FlannelBackend],
  ['tcp', FlannelBackend],
  ['debian', LinuxDistribution],
  ['ipv5', AddressFamily],
  ['', Basis],
  [true, GcpLogging],
  [undefined, Basis],
])('suggests nothing for %s', (value, members) => {
  expect(suggestionOf(check(value, members))).toBeUndefined();
});
