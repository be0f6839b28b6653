import { Lazy } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  GcpFirewall,
  type IHostGroup,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { newStack } from '../support/clouds';
import { testFixes } from '../support/fixes';

const never = Lazy.stringValue({ produce: () => undefined });
const later = (text: string): string => Lazy.stringValue({ produce: () => text });
const tagOf = (project: string): IHostGroup => new GcpFirewall({ network: 'prod', project }).networkTag('web');
const tag = tagOf('net-host');

function open(platform: Peer, prometheus: IHostGroup): () => unknown {
  return () => new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus });
}

/** Opens rows that may be open to the whole internet. */
function openPortal(clients: Peer): () => unknown {
  return () => new ApinizerNodePorts(newStack(), 'ports', { workers: tag, apiPortal: { clients } });
}

const peer = Peer.address('203.0.113.7');

testFixes([
  [
    'a group id without a value',
    'value-not-available',
    open(peer, AwsSecurityGroup.fromId(never)),
    'AwsSecurityGroup.fromId(id, { key: "a-name" })',
    open(peer, AwsSecurityGroup.fromId(never, { key: 'a-name' })),
  ],
  [
    'a range without a value',
    'value-not-available',
    open(Peer.cidr(never), tag),
    'a range that is known at synthesis',
    open(Peer.cidr('10.0.0.0/8'), tag),
  ],
  [
    'a network tag without a value',
    'value-not-available',
    open(peer, new GcpFirewall({ network: 'prod' }).networkTag(never)),
    'a value that is known at synthesis',
    open(peer, tag),
  ],
  [
    'a project without a value',
    'value-not-available',
    open(peer, tagOf(never)),
    'a name that is known at synthesis',
    open(peer, tag),
  ],
  [
    'an IPv4 range as IPv6',
    'range-not-ipv6',
    open(Peer.cidrIpv6(later('10.0.0.0/8')), tag),
    'Peer.cidr("10.0.0.0/8")',
    open(Peer.cidr('10.0.0.0/8'), tag),
  ],
  [
    'host bits in a token that resolves to text',
    'range-with-host-bits',
    open(Peer.cidr(later('10.0.0.1/8')), tag),
    '"10.0.0.0/8"',
    open(Peer.cidr(later('10.0.0.0/8')), tag),
  ],
  [
    'the whole internet in a token that resolves to text',
    'world-without-reason',
    openPortal(Peer.cidr(later('0.0.0.0/0'))),
    'Peer.anyIpv4("why it is open")',
    openPortal(Peer.anyIpv4('why it is open')),
  ],
]);
