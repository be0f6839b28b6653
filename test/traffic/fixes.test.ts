import { readTerraform } from '../../lib/traffic/read/read-terraform';
import type { ErrorCode } from '../../lib/input';
import { testFixes } from '../support/fixes';

const GROUP_RULE = {
  security_group_id: 'sg-1',
  ip_protocol: 'tcp',
  from_port: 443,
  to_port: 443,
  cidr_ipv4: '10.0.0.0/8',
};
const groupRule = (changes: object): unknown => ({
  resource: { aws_vpc_security_group_ingress_rule: { a: { ...GROUP_RULE, ...changes } } },
});
const inlineRule = (changes: object): unknown => ({
  resource: { aws_security_group: { a: { ingress: [{ protocol: '-1', ...changes }] } } },
});
const prefixList = (cidr: string): unknown => ({
  resource: { aws_ec2_managed_prefix_list: { a: { address_family: 'IPv6', entry: [{ cidr }] } } },
});
const firewall = (changes: object): unknown => ({
  resource: { google_compute_firewall: { a: { network: 'prod', allow: [{ protocol: 'all' }], ...changes } } },
});
const tcp = (ports: string): object => ({ allow: [{ protocol: 'tcp', ports: [ports] }] });
const stack = (clusterPorts: object): unknown => ({ '//': { metadata: { stackName: 'dev', clusterPorts } } });

/** As in `testFixes`, with the JSON that is read. */
const FIXES: [what: string, code: ErrorCode, wrong: unknown, suggestion: string, right: unknown][] = [
  [
    'ports of a security group rule',
    'port-range-descends',
    groupRule({ from_port: 9444, to_port: 8443 }),
    'from_port 8443 and to_port 9444',
    groupRule({ from_port: 8443, to_port: 9444 }),
  ],
  [
    'an ICMP code',
    'icmp-code-without-type',
    groupRule({ ip_protocol: 'icmp', from_port: -1, to_port: 0 }),
    '-1',
    groupRule({ ip_protocol: 'icmp', from_port: -1, to_port: -1 }),
  ],
  [
    'a range with host bits',
    'range-with-host-bits',
    groupRule({ cidr_ipv4: '10.0.0.1/8' }),
    '"10.0.0.0/8"',
    groupRule({ cidr_ipv4: '10.0.0.0/8' }),
  ],
  [
    'an IP address',
    'range-without-prefix',
    groupRule({ cidr_ipv4: '10.0.0.1' }),
    '"10.0.0.1/32"',
    groupRule({ cidr_ipv4: '10.0.0.1/32' }),
  ],
  [
    'an IPv6 address in a list',
    'range-without-prefix',
    inlineRule({ ipv6_cidr_blocks: ['2001:db8::1'] }),
    '"2001:db8::1/128"',
    inlineRule({ ipv6_cidr_blocks: ['2001:db8::1/128'] }),
  ],
  [
    'an entry of a prefix list with host bits',
    'range-with-host-bits',
    prefixList('2001:db8::1/32'),
    '"2001:db8::/32"',
    prefixList('2001:db8::/32'),
  ],
  ['ports of a firewall', 'port-range-descends', firewall(tcp('90-80')), '"80-90"', firewall(tcp('80-90'))],
  [
    'a source range of a firewall',
    'range-without-prefix',
    firewall({ source_ranges: ['10.0.0.1'] }),
    '"10.0.0.1/32"',
    firewall({ source_ranges: ['10.0.0.1/32'] }),
  ],
  [
    'a raw state file, shown by terraform show -json',
    'raw-state-file',
    { lineage: 'x', serial: 1 },
    'the output of terraform show -json',
    { format_version: '1.0', values: { root_module: {} } },
  ],
  [
    'provenance that was edited, synthesized again',
    'json-altered',
    stack({ version: 1, documents: {}, rows: {}, peers: [] }),
    'to synthesize the stack again',
    stack({ version: 1, documents: {}, rows: {}, peers: [], flows: [] }),
  ],
];

const read = (json: unknown) => (): unknown => readTerraform(json, 'cdk.tf.json');

testFixes(FIXES.map(([what, code, wrong, suggestion, right]) => [what, code, read(wrong), suggestion, read(right)]));

test('evaluates everything in the JSON with the fixes', () => {
  for (const [, , , , right] of FIXES) expect(read(right)()).toMatchObject({ file: 'cdk.tf.json', notEvaluated: [] });
});
