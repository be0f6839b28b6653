import { join } from 'node:path';
import { readJsonFile } from '../../../lib/input';
import { type Gate, GATES, type Configuration } from '../../../lib/traffic/configuration';
import { diff, type TrafficDiff } from '../../../lib/traffic/diff/diff';
import { stops } from '../../../lib/traffic/diff/gates';
import { explain } from '../../../lib/traffic/explain/explain';
import { lint } from '../../../lib/traffic/lint/lint';
import { permittedBy } from '../../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../../lib/traffic/permitted/traffic-rows';
import { readPlannedChange, readTerraform } from '../../../lib/traffic/read/read-terraform';
import google from './google/index.json';

// Plans and states that Terraform 1.11 made, with the providers of AWS and Google; a few are written by hand. Each is one of a kind.

const json = (name: string): unknown => readJsonFile(join(__dirname, name));
const read = (name: string): Configuration => readTerraform(json(name), name);
const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const reasons = ({ notEvaluated }: Configuration): string[] =>
  notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);
const notes = ({ notes: all }: Configuration): string[] => all.map(({ address, text }) => `${address}: ${text}`);

function change(name: string): TrafficDiff {
  const { before, existing, after } = readPlannedChange(json(name), name);
  return diff(before, after, { existing });
}

const first = (found: TrafficDiff): Gate | undefined => GATES.find((gate) => stops(gate, found));
const texts = ({ changes }: TrafficDiff): string[] =>
  changes.map(({ kind, group, after, isWorld }) => {
    const reach = after.map(({ ports, peer }) => `${ports.join(', ')} ${peer}`).join('; ');
    return `${kind}${isWorld ? ' to the world' : ''} ${reach} at ${group}`;
  });
const worldOpen = (name: string): string[] =>
  lint(read(name))
    .findings.filter(({ code }) => code === 'world-open')
    .map(({ message }) => message);

describe('a plan', () => {
  const NODE = 'sg:module.eks.aws_security_group.node[0]';
  const CLUSTER = 'sg:module.eks.aws_security_group.cluster[0]';

  test('in which a null is marked as unknown permits the rows that have a different far end', () => {
    expect(lines(read('unknown-means-null.plan.json'))).toEqual([
      `ingress 443/tcp from 10.200.0.0/17 to ${NODE}`,
      `ingress 443/tcp from 10.224.40.215/32 to ${NODE}`,
      `ingress 9443/tcp from ${CLUSTER} to ${NODE}`,
      `ingress 10250/tcp from ${CLUSTER} to ${NODE}`,
      `ingress 53/udp from ${NODE} to ${NODE}`,
      `egress all from ${NODE} to 0.0.0.0/0`,
    ]);
    expect(reasons(read('unknown-means-null.plan.json'))).toEqual([]);
    expect(texts(change('unknown-means-null.plan.json'))).toEqual([`opened 443/tcp 10.224.40.215/32 at ${NODE}`]);
  });

  test('of firewalls with null ranges of the other direction evaluates each in its own direction', () => {
    const found = read('gcp-module-null-ranges.plan.json');
    expect([...lines(found)].sort()).toEqual([
      'egress 443/tcp from tag:gke-prod to 172.16.0.0/28 on net-host/prod',
      'ingress 8443/tcp from 172.16.0.0/28 to tag:gke-prod on net-host/prod',
      'ingress 9090/tcp from tag:platform to tag:prometheus on net-host/prod',
      'ingress 9443/tcp from 172.16.0.0/28 to tag:gke-prod on net-host/prod',
      'not egress all from all-instances to any IPv4 address on net-host/prod',
    ]);
    expect(found.notEvaluated).toEqual([]);
  });

  test.each(['removed-block.plan.json', 'removed-block-newer-terraform.plan.json'])(
    'that forgets a rule leaves it open and says so: %s',
    (name) => {
      expect(lines(read(name))).toEqual(['ingress 443/tcp from 10.0.0.0/15 to sg:aws_security_group.web']);
      expect(notes(read(name))).toEqual([
        'aws_vpc_security_group_ingress_rule.b: it stays as it is, and Terraform no longer manages it',
      ]);
      expect(first(change(name))).toBeUndefined();
    },
  );

  test('with a deposed object shows what the current object opens', () => {
    const found = change('deposed-object.plan.json');
    expect(texts(found)).toEqual([
      'opened to the world 22/tcp unknown:aws_eip.bastion.public_ip over IPv4 at sg:aws_security_group.web',
    ]);
    expect(found.notEvaluated.changed.map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
      'aws_security_group.web.ingress[0]: cidr_blocks is known after apply, and refers to aws_eip.bastion.public_ip',
    ]);
    expect(first(found)).toBe('world');
  });

  test('that only refreshes permits what exists, and changes nothing', () => {
    expect(lines(read('refresh-only.plan.json'))).toEqual([
      'ingress 443/tcp from 0.0.0.0/0 to sg:aws_security_group.lb',
      'ingress 443/tcp from sg:aws_security_group.lb to sg:aws_security_group.web',
    ]);
    expect(first(change('refresh-only.plan.json'))).toBeUndefined();
  });

  test('that has targets leaves everything else as it is, and is known to be a part', () => {
    expect(lines(read('targeted.plan.json'))).toEqual([
      'ingress 443/tcp from 0.0.0.0/0 to sg:aws_security_group.lb',
      'ingress 443/tcp from sg:aws_security_group.lb to sg:aws_security_group.web',
    ]);
    expect(notes(read('targeted.plan.json'))).toEqual(['plan: this plan contains only a part of the changes']);
    expect(first(change('targeted.plan.json'))).toBeUndefined();
  });

  test('with a rule of an unknown group keeps its port and range', () => {
    const name = 'world-open-to-unknown-group.plan.json';
    expect(worldOpen(name)).toEqual(['it opens 22/tcp of sg:one of aws_security_group.this to 0.0.0.0/0']);
    expect(reasons(read(name))).toEqual([
      'aws_vpc_security_group_ingress_rule.ssh["worker"]: security_group_id is known after apply, and refers to aws_security_group.this',
    ]);
    expect(first(change(name))).toBe('world');
  });

  test('with a static and a dynamic block gives neither the far end of the other', () => {
    const configuration = read('dynamic-beside-static.plan.json');
    expect(lines(configuration).join('\n')).not.toContain('aws_security_group.office');
    expect(reasons(configuration)).toEqual(
      [0, 1, 2].map((at) => `aws_security_group.g.ingress[${at}]: security_groups is known after apply`),
    );
  });

  test('reads the default security group like any other', () => {
    expect(reasons(read('default-security-group.plan.json'))).toEqual([
      'aws_security_group_rule.office: cidr_blocks is sensitive',
    ]);
  });

  test('in UTF-16, as PowerShell writes it, is read', () => {
    expect(lines(read('utf16.plan.json'))).toEqual(['ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.plain']);
  });

  test('does not say that a rule of an indexed group is the same in two plans', () => {
    const [before, after] = ['before', 'after'].map((side) => read(`indexed-group.${side}.plan.json`));
    expect(lines(before)).toContain('ingress 443/tcp from 0.0.0.0/0 to sg:one of aws_security_group.g');
    expect(first(diff(before, after))).toBe('world');
  });
});

describe('a state', () => {
  test('has the IP ranges of a prefix list that is a data source', () => {
    const name = 'prefix-list-data-source.state.json';
    const packet = { to: 'aws_security_group.alb', port: '443/tcp' };
    expect(explain(read(name), { ...packet, from: '52.216.1.1' }).verdict).toBe('passes');
    expect(explain(read(name), { ...packet, from: '52.10.1.1' }).verdict).toBe('refused');
  });

  test('has the IP ranges of the prefix list of a service', () => {
    const resource = (mode: string, type: string, values: object): object => ({
      ...{ address: `${mode === 'data' ? 'data.' : ''}${type}.s3`, mode, type, name: 's3', values },
    });
    const list = { id: 'pl-6da54004', cidr_blocks: ['52.218.0.0/17'] };
    const rule = {
      security_group_id: 'sg-1',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      prefix_list_id: list.id,
    };
    const resources = [
      resource('data', 'aws_prefix_list', list),
      resource('managed', 'aws_vpc_security_group_egress_rule', rule),
    ];
    const state = readTerraform({ format_version: '1.0', values: { root_module: { resources } } }, 'state.json');
    const packet = { from: 'sg-1', port: '443/tcp' };
    expect(explain(state, { ...packet, to: '52.218.0.7' }).verdict).toBe('passes');
    expect(explain(state, { ...packet, to: '52.219.0.7' }).verdict).toBe('refused');
  });

  test('has bare addresses as Google returns them', () => {
    expect(lines(read('gcp-bare-address.state.json'))).toContain(
      'ingress all from 34.89.1.2/32 to all-instances on p1/default',
    );
  });
});

describe('a synthesized stack', () => {
  test('with a direction that is a variable is not evaluated, in words', () => {
    expect(reasons(read('gcp-direction-variable.tf.json'))).toEqual([
      'google_compute_firewall.a: direction is var.d, which has no default',
      'google_compute_network_firewall_policy_rule.b: direction is var.d, which has no default',
    ]);
  });

  test.each([
    ['azurerm.tf.json', ['azurerm_network_security_rule.ssh', 'azurerm_network_security_group.nsg']],
    ['openstack.tf.json', ['openstack_networking_secgroup_rule_v2.a']],
  ])('lists the firewalls of a different cloud: %s', (name, addresses) => {
    expect(read(name).notEvaluated.map(({ address }) => address)).toEqual(addresses);
  });

  test('opens a port to the world beside an internal rule: one row', () => {
    const [before, after] = ['before', 'after'].map((side) => read(`world-beside-internal-allow.${side}.tf.json`));
    const found = diff(before, after);
    expect(texts(found)).toEqual(['opened to the world 22/tcp 0.0.0.0/0 at sg:aws_security_group.g']);
    expect(found.changes[0].before).toEqual([{ ports: ['22/tcp'], peer: '10.0.0.0/16' }]);
    expect(first(found)).toBe('world');
  });

  test('tells rows that replace from rows that add', () => {
    const all = 'ingress 80/tcp from 10.0.0.0/8 to all-instances on p/n';
    const web = 'ingress 80/tcp from 192.168.0.0/16 to tag:web on p/n';
    expect(lines(read('deny-of-a-tag.without.tf.json'))).toEqual([all, web]);
    expect(lines(read('deny-of-a-tag.with.tf.json'))).toEqual([all, `only ${web}`]);
  });

  test('is open to the world in two halves', () => {
    expect(worldOpen('two-halves-of-the-world.tf.json')).toEqual([
      'it opens 22/tcp of sg:aws_security_group.g to 0.0.0.0/1',
      'it opens 22/tcp of sg:aws_security_group.g to 128.0.0.0/1',
    ]);
  });
});

/** Plans in which more opens than the list says: removing the deny of a tag may open ports of machines with several tags. */
const EARLIER: Readonly<Record<string, Gate>> = { 'deny disabled': 'opened', 'policy attached': 'opened' };

test.each(google.map(({ name, file, need }) => [name, file, need] as const))(
  'a plan of the provider of Google: %s',
  (name, file, need) => {
    const found = change(`google/${file}`);
    if (need === 'same') expect([found.changes, first(found)]).toEqual([[], undefined]);
    else expect(first(found)).toBe(EARLIER[name] ?? need);
  },
);
