import { Port } from '../../lib/net/port';
import { flowNotes } from '../../lib/documents/request/flow-notes';
import { KUBEADM_FLANNEL_2024_12 } from '../../lib/products/kubeadm/kubeadm-flannel@2024-12';
import { KEEPALIVED_2026_08 } from '../../lib/products/keepalived/keepalived@2026-08';
import { blank, documentFlows } from '../support/document-flows';
import { flow, peer } from '../support/traced';
import { requestMarkdown, requestTable, requestText } from '../support/plain-request';

// keepalived.conf(5), vrrp_mcast_group4, vrrp_mcast_group6 and lvs_sync_daemon; RFC 9568, sections 5.1.1.2 and 5.1.2.2
const balancers = peer('balancers', '10.40.0.101/32', '10.40.0.102/32');
const balancersOfIpv6 = peer('balancers', '2001:db8::101/128');
const dual = peer('clients', '10.1.0.0/16', '2001:db8:100::/48');
const VRRP = { port: Port.ip(112), source: balancers, destination: balancers };

test('VRRP has the multicast address of the families of its machines', () => {
  const [note, ...others] = flowNotes([flow(VRRP)]);
  expect(others).toEqual([]);
  expect(note).toBe(
    'VRRP sends to the multicast address 224.0.0.18: a firewall that filters by destination must allow it too, unless the machines are configured for unicast, which the code does not say (RFC 9568, https://www.rfc-editor.org/rfc/rfc9568#section-5.1.1.2)',
  );
  expect(flowNotes([flow({ ...VRRP, source: balancersOfIpv6, destination: balancersOfIpv6 })])[0]).toContain(
    'multicast address ff02::12: ',
  );
  const unknown = peer('balancers');
  expect(flowNotes([flow({ ...VRRP, source: unknown, destination: unknown })])[0]).toContain(
    'multicast addresses 224.0.0.18 and ff02::12: ',
  );
});

test('VRRP of machines in a cloud needs unicast, and the LVS sync daemon has an address of its own', () => {
  expect(flowNotes([flow({ ...VRRP, external: false })])[0]).toMatch(
    /; networks of clouds carry no multicast \(RFC 9568/,
  );
  const sync = documentFlows(KEEPALIVED_2026_08, { node: blank('<NODES>') });
  expect(flowNotes(sync).map((note) => /multicast address(?:es)? (.*?): /.exec(note)?.[1])).toEqual([
    '224.0.0.18 and ff02::12',
    '224.0.0.81',
  ]);
});

test('every form of a request has the multicast address', () => {
  const flows = [flow(VRRP)];
  expect(requestText(flows)).toContain('# VRRP sends to the multicast address 224.0.0.18');
  expect(requestMarkdown(flows)).toContain('224.0.0.18');
  expect(requestTable(flows).rows[0].at(-1)).toContain('224.0.0.18');
});

test('a source of which a family cannot match is named', () => {
  const servers = peer('servers', '10.20.1.0/24');
  expect(flowNotes([flow({ source: dual, destination: servers })])).toEqual([
    'No packet from 2001:db8:100::/48 can pass: in the code, servers has IPv4 addresses only',
  ]);
  expect(flowNotes([flow({ source: servers, destination: dual })])).toEqual([
    'No packet to 2001:db8:100::/48 can pass: in the code, servers has IPv4 addresses only',
  ]);
  const many = peer('clients', '10.1.0.0/16', ...[1, 2, 3, 4, 5].map((at) => `2001:db8:${at}::/48`));
  expect(flowNotes([flow({ source: many, destination: servers })])).toEqual([
    'No packet from the 5 IPv6 ranges of clients can pass: in the code, servers has IPv4 addresses only',
  ]);
});

test('nothing is said of families that match, are not known, or are no part of the row', () => {
  const servers = peer('servers', '10.20.1.0/24');
  expect(flowNotes([flow({ source: dual, destination: dual })])).toEqual([]);
  expect(flowNotes([flow({ source: dual, destination: peer('unknown') })])).toEqual([]);
  expect(
    flowNotes([flow({ source: dual, destination: { ...servers, references: ['aws_vpc.main.cidr_block'] } })]),
  ).toEqual([]);
  // this part has its own words already
  expect(flowNotes([flow({ source: dual, destination: servers, isWithoutPackets: true })])).toEqual([]);
});

test('a request for both backends of Flannel says that one is enough, in every form', () => {
  const flows = documentFlows(KUBEADM_FLANNEL_2024_12, {
    worker: blank('<WORKERS>'),
    'control-plane': blank('<MASTERS>'),
  });
  const [note, ...others] = flowNotes(flows);
  expect(others).toEqual([]);
  expect(note).toBe(
    'Flannel carries the traffic of pods between machines, and a cluster runs one backend of it: with VXLAN, 8285/udp is not needed, and with UDP, 8472/udp is not. Both are asked for, because the requesting team has not said which one it runs: open both, or ask',
  );
  expect(requestText(flows).split(note)).toHaveLength(4); // in each of the three blocks
  expect(requestMarkdown(flows)).toContain(`- ${note}`);
  const { columns, rows } = requestTable(flows);
  const cell = (row: readonly unknown[], column: string): unknown => row[columns.indexOf(column)];
  const noted = rows.filter((row) => cell(row, 'Notes') === note);
  expect(new Set(noted.map((row) => [cell(row, 'Port'), cell(row, 'Protocol')].join('/')))).toEqual(
    new Set(['8285/udp', '8472/udp']),
  );
});

test.each(['flannel-udp', 'flannel-vxlan'])('a request for one backend of Flannel says nothing about %s', (omitted) => {
  const flows = documentFlows(KUBEADM_FLANNEL_2024_12, {
    worker: blank('<WORKERS>'),
    'control-plane': blank('<MASTERS>'),
  });
  expect(flowNotes(flows.filter(({ row }) => row !== omitted))).toEqual([]);
});

test('the ports of different constructs are no two backends of one cluster', () => {
  const flows = documentFlows(KUBEADM_FLANNEL_2024_12, {
    worker: blank('<WORKERS>'),
    'control-plane': blank('<MASTERS>'),
  });
  const apart = flows.map((each) => (each.row === 'flannel-udp' ? { ...each, constructPath: 'other/cluster' } : each));
  expect(flowNotes(apart)).toEqual([]);
});

test('who opens both ports of Flannel itself is not told to ask', () => {
  const flows = documentFlows(KUBEADM_FLANNEL_2024_12, {
    worker: blank('<WORKERS>'),
    'control-plane': blank('<MASTERS>'),
  });
  expect(flowNotes(flows.map((each) => ({ ...each, external: false })))).toEqual([]);
});
