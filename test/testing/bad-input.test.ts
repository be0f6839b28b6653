import 'cdktf-cluster-ports/testing';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const GOOD = { port: '6443/tcp', from: '172.16.0.0/28', to: 'tag:k8s-control-plane' };
const END = 'must be a range, as "10.0.0.0/8", or "sg:...", "tag:...", "account:...", "secure-tag:...", "list:..."';
const MACHINES = 'must be machines: "sg:...", "tag:...", "account:...", "secure-tag:..." or "all-instances"';
const PORT = 'port must be a port with its protocol, as "6443/tcp" or "30000-32767/udp", or a protocol alone';

test.each<[string, unknown, string]>([
  ['without to', { port: '6443/tcp', from: '10.0.0.0/8' }, ': to must be given as text, got nothing'],
  ['that is text', '6443/tcp', ': a row must be an object with port, from and to, got "6443/tcp"'],
  [
    'with a name that is not known',
    { ...GOOD, ports: '1/tcp' },
    ': a row may have port, from, to, direction, network, got "ports"; did you mean port?',
  ],
  ['with a port without a protocol', { ...GOOD, port: '6443' }, `: ${PORT}, got "6443"; did you mean "6443/tcp"?`],
  ['with a port that is a number', { ...GOOD, port: 6443 }, ': port must be given as text, got 6443'],
  ['with its protocol first', { ...GOOD, port: 'udp/8472' }, `: ${PORT}, got "udp/8472"; did you mean "8472/udp"?`],
  [
    'with ports that run downwards',
    { ...GOOD, port: '2380-2379/tcp' },
    `: ${PORT}, got "2380-2379/tcp"; did you mean "2379-2380/tcp"?`,
  ],
  ['with a port that is too high', { ...GOOD, port: '65536' }, `: ${PORT}, got "65536"`],
  [
    'with bits set after the prefix',
    { ...GOOD, from: '172.16.0.1/28' },
    ', from: must have no bits set after its prefix, got "172.16.0.1/28"; did you mean "172.16.0.0/28"?',
  ],
  [
    'with an address alone',
    { ...GOOD, from: '203.0.113.7' },
    ', from: must have a prefix length, got "203.0.113.7"; did you mean "203.0.113.7/32"?',
  ],
  [
    'with an IPv6 address alone',
    { ...GOOD, from: '2001:db8::7' },
    ', from: must have a prefix length, got "2001:db8::7"; did you mean "2001:db8::7/128"?',
  ],
  [
    'with a range in a name that is none',
    { ...GOOD, from: 'tag:web in 10.0.0.1/8' },
    ', from: must have no bits set after its prefix, got "10.0.0.1/8"; did you mean "10.0.0.0/8"?',
  ],
  ['with an end that is only a name', { ...GOOD, from: 'web' }, `, from: ${END}, got "web"`],
  [
    'with a kind of names at the far end that is not known',
    { ...GOOD, from: 'tags:web' },
    `, from: ${END}, got "tags:web"; did you mean "tag:web"?`,
  ],
  [
    'with a kind of names where the rule stands that is not known',
    { ...GOOD, to: 'SG:web' },
    `, to: ${MACHINES}, got "SG:web"; did you mean "sg:web"?`,
  ],
  ['with a prefix list where the rule stands', { ...GOOD, to: 'list:pl-1' }, `, to: ${MACHINES}, got "list:pl-1"`],
  [
    'between two ranges',
    { ...GOOD, to: '10.0.0.0/8' },
    ': from or to must be machines at which the rule stands, got "172.16.0.0/28" and "10.0.0.0/8"',
  ],
  [
    'with another direction',
    { ...GOOD, direction: 'INGRESS' },
    ': direction must be "ingress" or "egress", got "INGRESS"',
  ],
  ['with a network that is no text', { ...GOOD, network: 5 }, ': network must be text, got 5'],
  [
    'with a network for a security group',
    { ...GOOD, to: 'sg:web', network: 'prod' },
    ': network must be given for machines on GCP alone, got "prod" for "sg:web"',
  ],
])('fails for a row %s', (_what, row, rest) => {
  expectRefusal(
    () => expect({ resource: {} }).toPermitExactly([GOOD, row as never]),
    `toPermitExactly, rows[1]${rest}`,
  );
});

test('fails for a row without a network where there are two', () => {
  const stack = newStack();
  for (const network of ['prod', 'test']) {
    const prometheus = new GcpFirewall({ network, project: 'net-host', namePrefix: `${network}-` }).networkTag(
      'prometheus',
    );
    new PrometheusCostMetricsRule(stack, network, { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  }
  expectRefusal(
    () => expect(stack).toPermit({ port: '9090/tcp', from: '10.0.0.0/8', to: 'tag:prometheus' }),
    'toPermit, rows[0]: network must be given where the configuration has several, got none; ' +
      'did you mean "net-host/prod" or "net-host/test"?',
  );
});

test('fails for a network that the configuration has not, and for a name that several groups have', () => {
  const rule = { network: 'prod', project: 'net-host', allow: [{ protocol: 'tcp' }] };
  const network = { resource: { google_compute_firewall: { rule } } };
  expectRefusal(
    () => expect(network).not.toPermit({ ...GOOD, network: 'prod' }),
    'toPermit, rows[0]: network must be one of the configuration: "net-host/prod", got "prod"; did you mean "net-host/prod"?',
  );
  const groups = { resource: { aws_security_group: { a: { name: 'web' }, b: { name_prefix: 'web-' } } } };
  expectRefusal(
    () => expect(groups).not.toPermit({ ...GOOD, to: 'sg:web' }),
    'toPermit, rows[0], to: a group must be named by its address where several have one name, got "sg:web"; ' +
      'did you mean "sg:aws_security_group.a" or "sg:aws_security_group.b"?',
  );
});

test('fails for rows that are none', () => {
  expectRefusal(
    () => expect({ resource: {} }).toPermitExactly(GOOD as never),
    'toPermitExactly: a list of rows is needed, got an object of Object',
  );
  expectRefusal(() => expect({ resource: {} }).toPermit([]), 'toPermit: at least one row is needed, got []');
});

test.each<[string, unknown, string]>([
  [
    'nothing',
    undefined,
    'toPermitExactly: a stack, synthesized text, a parsed object, or the path of a file is needed, got nothing',
  ],
  [
    'a file that is not there',
    'no/such/cdk.tf.json',
    'no/such/cdk.tf.json: a file must be one that can be read, got nothing of that name',
  ],
  ['text that ends too early', '{"resource": ', 'the text: a file must be whole JSON, got text that ends too early'],
  [
    'an object that is no Terraform',
    { rows: [] },
    'the object: a file must be a synthesized cdk.tf.json, or what terraform show -json prints, got an object with "rows"',
  ],
])('fails for %s in the place of a configuration', (_what, value, sentence) => {
  expectRefusal(() => expect(value).toPermitExactly([]), sentence);
});
