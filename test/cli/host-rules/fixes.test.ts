import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  LinuxHosts,
  Port,
  PortTables,
} from '../../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../../support/cli';
import type { ErrorCode } from '../../../lib/input';
import { suggestedValue } from '../../support/fixes';

const { path } = temporaryDirectory();
const WORKERS = LinuxHosts.named('workers', '10.1.1.0/24');

/** Writes the synthesized stack of some constructs, and returns the start of a call for it. */
function callFor(name: string, build: (stack: TerraformStack) => void): string[] {
  const stack = new TerraformStack(Testing.app(), name);
  build(stack);
  const file = join(path, `${name}.json`);
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  return ['host-rules', file];
}

/** Returns the lines of a script that accept packets from IP ranges. */
async function acceptedBy(call: readonly string[]): Promise<string[]> {
  const { code, stdout } = await cli(call);
  expect(code).toBe(0);
  return stdout.split('\n').flatMap((line) => (/ saddr 10\..* accept$/.test(line) ? [line.trim()] : []));
}

const nftables = ['--for', 'nftables'];

test('machines that are no Linux machines become some', async () => {
  const callOf = (hosts: typeof ExternalHosts | typeof LinuxHosts): string[] =>
    callFor(hosts.name, (stack) => {
      const mongodb = hosts.named('mongodb', '10.8.0.0/28');
      new ApinizerDataStoreRules(stack, 'data', { workers: ExternalHosts.named('workers', '10.1.1.0/24'), mongodb });
    }).concat('--role', 'mongodb', ...nftables);
  const fix = suggestedValue(await expectBadInput(callOf(ExternalHosts), 'linux-hosts-required'));
  expect(fix).toContain('LinuxHosts.named(...)');
  expect(await acceptedBy(callOf(LinuxHosts))).toEqual(['ip saddr 10.1.1.0/24 tcp dport 25080 accept']);
});

test('IP ranges that are known after apply are given', async () => {
  const call = callFor('after-apply', (stack) => {
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.3.0.0/16' });
    const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId: vpc.id, egress: Egress.ALL });
    new ApinizerDataStoreRules(stack, 'data', { workers, mongodb: LinuxHosts.named('mongodb', '10.8.0.0/28') });
  }).concat('--role', 'mongodb', ...nftables);
  const fix = suggestedValue(await expectBadInput(call, 'host-rule-without-ranges'));
  const [, option, value] = /^(\S+) (".*")$/.exec(fix)!;
  expect(await acceptedBy([...call, option, JSON.parse(value) as string])).toEqual([
    'ip saddr 10.0.0.0/24 tcp dport 25080 accept',
  ]);
});

test('a role that no Linux machine has, and one that several have, get a name', async () => {
  const call = callFor('two', (stack) => {
    for (const [at, id] of ['one', 'two'].entries()) {
      const mongodb = LinuxHosts.named(`mongodb-${id}`, `10.8.${at}.0/28`);
      new ApinizerDataStoreRules(stack, id, { workers: WORKERS, mongodb });
    }
  });
  const withRole = (role: string): string[] => [...call, '--role', role, ...nftables];
  const nearest = suggestedValue(await expectBadInput(withRole('mongobd-one'), 'role-unknown'));
  expect(await acceptedBy(withRole(nearest))).toHaveLength(1);
  const several = await expectBadInput(withRole('mongodb'), 'group-ambiguous');
  for (const [, name] of several.matchAll(/"(mongodb-\w+)"/g)) expect(await acceptedBy(withRole(name))).toHaveLength(1);
});

test('SSH that would be closed stays open, or is closed as asked', async () => {
  const call = callFor('ssh', (stack) => {
    new ApinizerDataStoreRules(stack, 'data', { workers: WORKERS, mongodb: LinuxHosts.named('db', '10.8.0.0/28') });
  }).concat('--role', 'db', ...nftables);
  const closed = [...call, '--ssh-port', 'none'];
  const other = closed.map((word) => (word === 'nftables' ? 'ufw' : word));
  const [given, either] = suggestedValue(await expectBadInput(other, 'ssh-closed')).split(', or ');
  for (const words of [
    [...other.slice(0, -2), ...given.split(' ')],
    [...other, either],
  ]) {
    expect((await cli(words)).code).toBe(0);
  }
  const removal = ['host-rules', '--for', 'firewalld', '--remove'];
  const ofRemoval = suggestedValue(await expectBadInput([...removal, '--ssh-port', 'none'], 'ssh-closed')).split(
    ', or ',
  );
  expect((await cli([...removal, ...ofRemoval[0].split(' ')])).stdout).toContain('SSH');
  expect((await cli([...removal, '--ssh-port', 'none', ofRemoval[1]])).stdout).not.toContain('SSH');
  const fix = suggestedValue(await expectBadInput(closed, 'ssh-closed'));
  const [open, lockout] = fix.split(', or ');
  expect((await cli([...call, ...open.split(' ')])).stdout).toContain('tcp dport 22 accept # SSH');
  expect((await cli([...closed, lockout])).stdout).not.toContain('SSH');
});

test.each<[string, ErrorCode, string, string]>([
  ['--for ufw --pods 10.42.0.0/16', 'option-needs-another', '--for nftables', '--for nftables --pods 10.42.0.0/16'],
  [
    '--for nftables --allow-lockout',
    'option-needs-another',
    '--ssh-port none',
    '--for nftables --allow-lockout --ssh-port none',
  ],
  ['--for nftables --remove --ssh-port 22', 'option-needs-another', 'no --ssh-port', '--for nftables --remove'],
  ['--for nftables --remove --allow-lockout', 'option-needs-another', 'no --allow-lockout', '--for nftables --remove'],
  ['--for nftables --remove --pods 10.42.0.0/16', 'option-needs-another', 'no --pods', '--for nftables --remove'],
  [
    '--for nftables --pods-reason lab',
    'option-needs-another',
    '--pods',
    '--for nftables --pods-reason lab --pods 10.42.0.0/16',
  ],
  [
    '--for nftables --pods ::/0',
    'world-without-reason',
    '--pods-reason "why everybody is accepted"',
    '--for nftables --pods ::/0 --pods-reason lab',
  ],
])('%s', async (words, code, fix, fixed) => {
  const call = callFor('alone', (stack) => {
    new ApinizerDataStoreRules(stack, 'data', { workers: WORKERS, mongodb: LinuxHosts.named('db', '10.8.0.0/28') });
  }).concat('--role', 'db');
  expect(suggestedValue(await expectBadInput([...call, ...words.split(' ')], code))).toBe(fix);
  expect((await cli([...call, ...fixed.split(' ')])).code).toBe(0);
});

test.each([
  ['firewalld', '3.4/icmp'],
  ['ufw', '8/icmp'],
])('a port that %s cannot express is rendered for nftables', async (firewall, refused) => {
  const [flow] = PortTables.named('keepalived').flows;
  const call = callFor(`protocols-${firewall}`, (stack) => {
    const ports = ['8/icmp', '3.4/icmp', '5000/sctp', '4/ip'].map((text) => Port.parse(text));
    for (const [at, port] of ports.entries()) {
      const table = { ...PortTables.named('keepalived'), id: `table-${at}`, options: undefined };
      const flows = [{ ...flow, rows: [{ ...flow.rows[0], name: `row-${at}`, port }] }];
      const node = LinuxHosts.named('routers', '10.8.0.0/28');
      new DocumentedPortRules(stack, `table-${at}`, { table: { ...table, flows }, roles: { node } });
    }
  }).concat('--role', 'node', '--for');
  const sentence = await expectBadInput([...call, firewall], 'protocol-not-in-firewall');
  expect(sentence).toContain(`got ${refused}`);
  const [, fix] = /^--for (\w+)/.exec(suggestedValue(sentence))!;
  expect(await acceptedBy([...call, fix])).toEqual([
    'ip saddr 10.8.0.0/28 icmp type 8 accept',
    'ip saddr 10.8.0.0/28 icmp type 3 icmp code 4 accept',
    'ip saddr 10.8.0.0/28 sctp dport 5000 accept',
    'ip saddr 10.8.0.0/28 meta l4proto 4 accept',
  ]);
});

test('a role that is not given is one of the roles that the sentence lists', async () => {
  const call = callFor('no-role', (stack) => {
    new ApinizerDataStoreRules(stack, 'data', {
      workers: WORKERS,
      mongodb: LinuxHosts.named('mongodb', '10.8.0.0/28'),
    });
  }).concat(...nftables);
  const fix = suggestedValue(await expectBadInput(call, 'role-unknown'));
  expect(fix).toBe('--role "worker" or --role "mongodb"');
  for (const option of fix.split(' or ')) {
    expect((await cli([...call, ...option.replaceAll('"', '').split(' ')])).code).toBe(0);
  }
});
