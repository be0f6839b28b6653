import { AwsEndpoint, ExternalHosts, ExternalProxy, Peer } from '../../lib';
import type { IEndpoint, IHostGroup, IHostnameFilter, IPeer } from '../../lib';
import { isEndpoint } from '../../lib/access/endpoint';
import { isPeer } from '../../lib/access/far-end';
import { isHostGroup } from '../../lib/access/host-group';
import { isHostnameFilter } from '../../lib/access/hostname-filter';

/** The members that the published declarations have: those that begin with `_` are stripped from them. */
type Public<T> = { [K in keyof T as K extends `_${string}` ? never : K]: T[K] };
type PublicPeer = Public<IPeer>;
type PublicHostGroup = Public<IHostGroup>;
type PublicFilter = Public<IHostnameFilter>;
type PublicEndpoint = Public<IEndpoint>;

const peer = Peer.cidr('10.0.0.0/8');
const hosts: IHostGroup = ExternalHosts.named('stores', '10.8.0.0/28');
const filter: IHostnameFilter = ExternalProxy.named('proxy');
const endpoint: IEndpoint = AwsEndpoint.fromId('i-01234567');

test('the compiler tells the interfaces apart by their public members', () => {
  const [publicPeer, publicHosts]: [PublicPeer, PublicHostGroup] = [peer, hosts];
  const [publicFilter, publicEndpoint]: [PublicFilter, PublicEndpoint] = [filter, endpoint];
  // a host group is a peer
  const hostsAsPeer: PublicPeer = publicHosts;
  // @ts-expect-error a peer is not a host group
  const peerAsHosts: PublicHostGroup = publicPeer;
  // @ts-expect-error a hostname filter is not a peer
  const filterAsPeer: PublicPeer = publicFilter;
  // @ts-expect-error a hostname filter is not a host group
  const filterAsHosts: PublicHostGroup = publicFilter;
  // @ts-expect-error an endpoint is not a peer
  const endpointAsPeer: PublicPeer = publicEndpoint;
  // @ts-expect-error an endpoint is not a host group
  const endpointAsHosts: PublicHostGroup = publicEndpoint;
  // @ts-expect-error a peer is not a hostname filter
  const peerAsFilter: PublicFilter = publicPeer;
  // @ts-expect-error a host group is not a hostname filter
  const hostsAsFilter: PublicFilter = publicHosts;
  // @ts-expect-error an endpoint is not a hostname filter
  const endpointAsFilter: PublicFilter = publicEndpoint;
  // @ts-expect-error a peer is not an endpoint
  const peerAsEndpoint: PublicEndpoint = publicPeer;
  // @ts-expect-error a host group is not an endpoint
  const hostsAsEndpoint: PublicEndpoint = publicHosts;
  // @ts-expect-error a hostname filter is not an endpoint
  const filterAsEndpoint: PublicEndpoint = publicFilter;
  const confused = [peerAsHosts, filterAsPeer, filterAsHosts, endpointAsPeer, endpointAsHosts, peerAsFilter];
  const more = [hostsAsFilter, endpointAsFilter, peerAsEndpoint, hostsAsEndpoint, filterAsEndpoint];
  expect([hostsAsPeer, ...confused, ...more]).toHaveLength(12);
});

test('recognizes each value by its internal members', () => {
  const values = [peer, hosts, filter, endpoint];
  expect(values.map(isPeer)).toEqual([true, true, false, false]);
  expect(values.map(isHostGroup)).toEqual([false, true, false, false]);
  expect(values.map(isHostnameFilter)).toEqual([false, false, true, false]);
  expect(values.map(isEndpoint)).toEqual([false, false, false, true]);
});

test('does not recognize an object that has only the public members', () => {
  const foreign = { cloud: 'aws', label: 'mine', ipRanges: ['10.0.0.0/8'], supportsWildcards: true };
  expect([isPeer, isHostGroup, isHostnameFilter, isEndpoint].map((is) => is(foreign))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
