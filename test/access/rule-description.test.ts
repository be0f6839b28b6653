import type { Flow } from '../../lib/access/host-group';
import { Peer } from '../../lib/access/peer';
import {
  describeFlowGroup,
  describeFlows,
  minimumDescriptionLength,
  rowKey,
  SharedDescription,
} from '../../lib/access/rule-description';
import { ExternalHosts } from '../../lib/clouds/external/external-hosts';
import { AddressFamily } from '../../lib/net/ip-address';
import { Port } from '../../lib/net/port';
import { Basis } from '../../lib/tables/port-table';

const TABLE = {
  id: 'registry',
  title: 'Ports of the registry',
  reference: 'https://wiki.example.com/registry',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [],
};

function flow(name: string, description: string, changes: Partial<Flow> = {}): Flow {
  return {
    key: `node>registry/${name}`,
    table: TABLE,
    row: { name, port: Port.tcp(5000), description, section: 'Ports', protocolBasis: Basis.TABLE },
    port: Port.tcp(5000),
    sourceRole: { id: 'node', title: 'nodes' },
    destinationRole: { id: 'registry', title: 'registry servers' },
    source: Peer.cidr('10.0.0.0/8'),
    destination: ExternalHosts.named('registry', '10.8.0.0/28'),
    external: false,
    constructPath: 'stack/rules',
    ...changes,
  };
}

const pull = flow('pull', 'Pulls of images');
const push = flow('push', 'Pushes of images');
const world = flow('pull', 'Pulls of images', { source: Peer.anyIpv4('public mirror') });

test('the key of a row names the document, the edition, the roles and the row', () => {
  expect(rowKey(pull)).toBe('registry@2026-10/node-to-registry/pull');
});

test('a description has the words of the vendor, and ends with the key of the row', () => {
  expect(describeFlows([pull], 255)).toBe('Pulls of images [registry@2026-10/node-to-registry/pull]');
});

test('a rule for several rows names the first by its key and counts the rest, in any order', () => {
  const gossip = flow('gossip', 'Gossip');
  const description = 'Gossip, and 2 more [registry@2026-10/node-to-registry/gossip]';
  expect(describeFlows([pull, gossip, push], 255)).toBe(description);
  expect(describeFlows([push, pull, gossip], 255)).toBe(description);
});

test('a rule that two constructs need is described once', () => {
  expect(describeFlows([pull, { ...pull, constructPath: 'stack/other' }], 255)).toBe(describeFlows([pull], 255));
});

test('flows that share a rule can be added one after the other, and each row counts once', () => {
  const gossip = flow('gossip', 'Gossip');
  const description = new SharedDescription(255);
  expect([[pull], [push, pull], [pull], [gossip]].map((flows) => description.add(flows))).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect(description.text).toBe(describeFlows([pull, push, gossip], 255));
});

test('a rule for a documented flow has the descriptions of all its rows, in the order of the document', () => {
  expect(describeFlowGroup([push, pull], 2048)).toBe(
    'Pushes of images, Pulls of images [registry@2026-10/node-to-registry/push,pull]',
  );
});

test('says why a port is open to the world', () => {
  const remark = '; open to the world: public mirror [registry@2026-10/node-to-registry/pull]';
  expect(describeFlows([world], 255, AddressFamily.IPV4)).toBe(`Pulls of images${remark}`);
  expect(describeFlowGroup([world], 255, AddressFamily.IPV4)).toBe(`Pulls of images${remark}`);
});

test('a rule for several rows says once what several of them say', () => {
  const rows = [pull, flow('webhook-8443', 'Webhook'), flow('webhook-9443', 'Webhook')];
  expect(describeFlowGroup(rows, 255)).toBe(
    'Pulls of images, Webhook [registry@2026-10/node-to-registry/pull,webhook-8443,webhook-9443]',
  );
});

test('says the reasons for the family that a rule opens, sorted and without duplicates', () => {
  const reasons = ['site', 'mirror', 'site'].map((reason) => Peer.anyIpv6(reason));
  const flows = [{ ...world, source: Peer.anyOf(...reasons, Peer.anyIpv4('public API')) }];
  const both = '; open to the world: mirror; open to the world: site';
  const row = '[registry@2026-10/node-to-registry/pull]';
  expect(describeFlows(flows, 255, AddressFamily.IPV6)).toBe(`Pulls of images${both} ${row}`);
  expect(describeFlowGroup(flows, 255, AddressFamily.IPV6)).toBe(`Pulls of images${both} ${row}`);
  expect(describeFlows(flows, 255)).toBe(`Pulls of images ${row}`);
  expect(describeFlowGroup(flows, 255)).toBe(`Pulls of images ${row}`);
});

test('says that a supplement is not documented', () => {
  const supplement = { ...pull, supplement: 'pods need it' };
  const remark = '; not documented by the vendor [registry@2026-10/node-to-registry/pull]';
  expect(describeFlows([supplement], 255)).toBe(`Pulls of images${remark}`);
  expect(describeFlowGroup([supplement], 255)).toBe(`Pulls of images${remark}`);
});

test('can include a remark about the targets', () => {
  expect(describeFlowGroup([pull], 2048, undefined, '; for all instances')).toBe(
    'Pulls of images; for all instances [registry@2026-10/node-to-registry/pull]',
  );
});

test('shortens the words of the vendor, but never the key of the row', () => {
  const long = flow('pull', 'w'.repeat(150));
  const end = ' [registry@2026-10/node-to-registry/pull]';
  expect(describeFlows([long], 150 + end.length)).toBe('w'.repeat(150) + end);
  expect(describeFlows([long], 149 + end.length)).toBe(`${'w'.repeat(146)}...${end}`);
  expect(describeFlows([long], 100)).toHaveLength(100);
  const three = ['pull', 'push', 'list'].map((name) => flow(name, name.repeat(40)));
  expect(describeFlowGroup(three, 255)).toHaveLength(255);
});

test('puts the count in front of the key, also if a reason has brackets', () => {
  const open = { source: Peer.anyIpv4('mirror [public]') };
  const flows = [flow('pull', 'Pulls', open), flow('push', 'Pushes', open)];
  expect(describeFlows(flows, 255, AddressFamily.IPV4)).toBe(
    'Pulls; open to the world: mirror [public], and 1 more [registry@2026-10/node-to-registry/pull]',
  );
});

test('a rule for a documented flow counts the rows whose names do not fit', () => {
  const names = '[registry@2026-10/node-to-registry/pull,push,list]';
  const counted = '[registry@2026-10/node-to-registry/pull,and-2-more]';
  const flows = [pull, push, flow('list', 'Lists')];
  expect(describeFlowGroup(flows, 1 + names.length)).toBe(names);
  expect(describeFlowGroup(flows, names.length)).toBe(counted);
});

test('leaves out the words of the vendor if only their first letters would fit', () => {
  const remark = 'not documented by the vendor [registry@2026-10/node-to-registry/pull]';
  const supplement = { ...pull, supplement: 'pods need it' };
  expect(describeFlows([supplement], `; ${remark}`.length + 4)).toBe(`P...; ${remark}`);
  expect(describeFlows([supplement], `; ${remark}`.length + 3)).toBe(remark);
  expect(describeFlows([supplement], `; ${remark}`.length)).toBe(remark);
});

test('is never longer than its announced length, however many flows share the rule', () => {
  const reason = 'r'.repeat(100);
  const open = { source: Peer.anyIpv4(reason), supplement: 'pods need it' };
  const flows = Array.from({ length: 9999 }, (_, index) => flow(`row-${index}`.padEnd(12, 'x'), 'w'.repeat(150), open));
  const longest = minimumDescriptionLength(flows[0], AddressFamily.IPV4);
  const whole = describeFlows(flows, longest, AddressFamily.IPV4);
  expect(`; ${whole}`).toHaveLength(longest);
  expect(whole).toContain(`${reason}, and 9998 more [registry@2026-10/node-to-registry/row-0xxxxxxx]`);
});
