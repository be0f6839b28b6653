import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  DocumentedHostnameRules,
  ExternalHosts,
  ExternalProxy,
  type IHostGroup,
  type IPeer,
  Peer,
  Port,
} from '../../../lib';
import { diff } from '../../../lib/traffic/diff/diff';
import { stops } from '../../../lib/traffic/diff/gates';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';

function synthesized(work: (stack: TerraformStack) => void): any {
  const stack = new TerraformStack(new App(), 'platform');
  work(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

const WORKERS = Peer.named('workers', '10.20.1.0/24');
const MONGODB = ExternalHosts.named('mongodb', '10.8.0.0/28');

/** A stack that asks for 25080/tcp of MongoDB and 9200/tcp of Elasticsearch. */
function dataStores(workers: IPeer, mongodb: IHostGroup = MONGODB, omit?: string[]): any {
  const elasticsearch = ExternalHosts.named('elasticsearch', '10.8.0.16/28');
  return synthesized((stack) => {
    new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb, elasticsearch, omit });
  });
}

/** A stack that asks for hostnames through the proxy of a different team. */
function hostnames(hosts: string[], proxy = 'Corporate proxy', clients?: IPeer): any {
  return synthesized((stack) => {
    new DocumentedHostnameRules(stack, 'hosts', {
      table: hostnameTable(hosts.map((host, index) => hostnameRow(`host-${index}`, host, Port.tcp(443)))),
      through: ExternalProxy.named(proxy, { clients }),
    });
  });
}

type Found = ReturnType<typeof diff>;

function compared(before: unknown, after: unknown): Found {
  return diff(readTerraform(before, 'before.json'), readTerraform(after, 'after.json'));
}

function lines({ changes }: Found): string[] {
  return changes.map(({ kind, direction, group, before, after }) => {
    const [was, now] = [before, after].map((all) =>
      all.map(({ ports, peer }) => `${ports.join()} ${peer}`).join(' + '),
    );
    return `${kind} ${direction} at ${group}: ${was} > ${now}`;
  });
}

test('finds no difference between equal requests, also with a different name of the same machines', () => {
  expect(lines(compared(dataStores(WORKERS), dataStores(WORKERS)))).toEqual([]);
  const renamed = Peer.cidr('10.20.1.0/25', '10.20.1.128/25');
  expect(lines(compared(dataStores(WORKERS), dataStores(renamed, ExternalHosts.named('db', '10.8.0.0/28'))))).toEqual(
    [],
  );
});

test('finds what the firewall team is newly asked for, and what it is not asked for any more', () => {
  const before = dataStores(WORKERS, MONGODB, ['elasticsearch']);
  const found = compared(before, dataStores(WORKERS));
  expect(lines(found)).toEqual([
    'requested ingress at machines:10.8.0.16/28:  > 9200/tcp 10.20.1.0/24',
    'no longer omitted ingress at machines:10.8.0.16/28: 9200/tcp 10.20.1.0/24 > ',
  ]);
  expect(found.counts).toMatchObject({ requested: 1, 'no longer requested': 0, opened: 0 });
  expect(found.changes[0].rules).toEqual([
    expect.objectContaining({
      address: 'platform/stores',
      documentedBy: [expect.objectContaining({ row: expect.stringMatching(/^apinizer-.*\/elasticsearch$/) })],
    }),
  ]);
  expect(lines(compared(dataStores(WORKERS), before))).toEqual([
    'no longer requested ingress at machines:10.8.0.16/28: 9200/tcp 10.20.1.0/24 > ',
    'omitted ingress at machines:10.8.0.16/28:  > 9200/tcp 10.20.1.0/24',
  ]);
});

test('finds a wider source, and a different destination', () => {
  const wider = compared(dataStores(WORKERS), dataStores(Peer.cidr('10.20.0.0/16')));
  expect(lines(wider)).toEqual([
    'requested ingress at machines:10.8.0.0/28: 25080/tcp 10.20.1.0/24 > 25080/tcp 10.20.0.0/16',
    'requested ingress at machines:10.8.0.16/28: 9200/tcp 10.20.1.0/24 > 9200/tcp 10.20.0.0/16',
  ]);
  const moved = compared(dataStores(WORKERS), dataStores(WORKERS, ExternalHosts.named('mongodb', '10.9.0.0/28')));
  expect(lines(moved)).toEqual([
    'requested ingress at machines:10.9.0.0/28:  > 25080/tcp 10.20.1.0/24',
    'no longer requested ingress at machines:10.8.0.0/28: 25080/tcp 10.20.1.0/24 > ',
  ]);
});

test('compares hostnames that another team allows, their machines, and the proxy', () => {
  const before = hostnames(['*.docker.com']);
  expect(lines(compared(before, hostnames(['*.docker.com', 'a.com'])))).toEqual([
    'requested egress at machines:Corporate proxy:  > 443/tcp host:a.com',
  ]);
  expect(lines(compared(before, hostnames(['*.docker.com', 'registry.docker.com'])))).toEqual([]);
  expect(lines(compared(before, hostnames(['*.docker.com'], 'Proxy of Berlin')))).toEqual([
    'requested egress at machines:Proxy of Berlin:  > 443/tcp host:*.docker.com',
    'no longer requested egress at machines:Corporate proxy: 443/tcp host:*.docker.com > ',
  ]);
  const [narrow, wide] = ['10.20.1.0/24', '10.20.0.0/16'].map((range) =>
    hostnames(['*.docker.com'], 'Corporate proxy', Peer.cidr(range)),
  );
  expect(lines(compared(narrow, wide))).toEqual([
    'requested egress at machines:Corporate proxy/10.20.0.0/16: 443/tcp host:*.docker.com from machines:Corporate proxy/10.20.1.0/24 > 443/tcp host:*.docker.com',
  ]);
});

test.each([
  ['world', false],
  ['opened', false],
  ['widened', false],
  ['requested', true],
  ['any', true],
] as const)('the gate %s stops a changed request: %s', (gate, isStopped) => {
  expect(stops(gate, compared(dataStores(WORKERS, MONGODB, ['elasticsearch']), dataStores(WORKERS)))).toBe(isStopped);
});

test('the gate of requests does not stop ports that open', () => {
  const rule = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 1, to_port: 1, cidr_ipv4: '10.0.0.0/8' };
  const after = { resource: { aws_vpc_security_group_ingress_rule: { rule } } };
  expect(stops('requested', compared({ resource: {} }, after))).toBe(false);
});

test('reports requests that a plan does not contain', () => {
  const plan = { format_version: '1.2', planned_values: { root_module: {} }, resource_changes: [] };
  const found = compared(dataStores(WORKERS), plan);
  expect(found.notEvaluated.changed).toEqual([
    {
      file: 'after.json',
      address: 'access requests',
      reason: 'a plan or a state does not contain what the firewall team is asked to open',
      gate: 'requested',
    },
  ]);
  expect(compared(plan, plan).notEvaluated.changed).toEqual([]);
});

test('compares the requests of several stacks by stack', () => {
  const both = (stores: unknown): ReturnType<typeof combinedConfiguration> =>
    combinedConfiguration('out', [
      ['one', readTerraform(stores, 'one.json')],
      ['two', readTerraform(hostnames(['a.com']), 'two.json')],
    ]);
  const found = diff(both(dataStores(WORKERS, MONGODB, ['elasticsearch'])), both(dataStores(WORKERS)));
  expect(lines(found)).toEqual([
    'requested ingress at machines:one/10.8.0.16/28:  > 9200/tcp 10.20.1.0/24',
    'no longer omitted ingress at machines:one/10.8.0.16/28: 9200/tcp 10.20.1.0/24 > ',
  ]);
});
