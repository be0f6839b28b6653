import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApinizerDataStoreRules, GitLabRules, LinuxHosts, Peer } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';
import { newStack } from '../support/clouds';
import { type Packet, TwoMachines } from './namespaces';

const { path } = temporaryDirectory();
const MACHINE = ['10.8.0.1', '2001:db8:8::1'];
const WORKER = ['10.1.0.2', '2001:db8:1::2'];
const NOBODY = ['192.0.2.9', '2001:db8:ffff::9'];
const ALL_PORTS = [22, 2222, 25080];

async function rendered(...words: string[]): Promise<string> {
  const stack = newStack();
  const workers = LinuxHosts.named('workers', '10.1.0.0/24', '2001:db8:1::/64');
  const mongodb = LinuxHosts.named('mongodb', '10.8.0.0/28', '2001:db8:8::/64');
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const { code, stdout, stderr } = await cli(['host-rules', file, '--role', 'mongodb', ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Perl under the name of a server of SSH: the kernel reports the name of the file. */
const LISTENER =
  'use IO::Socket::IP; my @s = map { my ($h, $p) = /^(.*):(\\d+)$/; IO::Socket::IP->new(LocalHost => $h, LocalPort => $p, Listen => 1024, ' +
  'V6Only => 1) or die "$_: $@" } @ARGV; $| = 1; print "ready\\n"; sleep 600';

/** A machine with a server of SSH. Its settings are mounted over those of this computer. */
class Machine extends TwoMachines {
  private readonly programs: ChildProcess[] = [];
  private readonly environment: NodeJS.ProcessEnv;

  constructor(firewall: string) {
    super(`ssh-${firewall}`, { machine: MACHINE, others: [...WORKER, ...NOBODY] });
    const folder = this.settings();
    for (const name of ['ufw', 'firewalld']) {
      if (existsSync(`/etc/${name}`)) cpSync(`/etc/${name}`, join(folder, name), { recursive: true });
    }
    this.environment = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${join(path, 'bus')}` };
    delete this.environment.SSH_CONNECTION;
  }

  /** Starts a server of a name at addresses of the machine. */
  public async serve(name: string, ...places: string[]): Promise<void> {
    const program = join(mkdtempSync(join(path, 'server-')), name);
    symlinkSync('/usr/bin/perl', program);
    const server = this.start('ip', ['netns', 'exec', this.machine, program, '-e', LISTENER, ...places]);
    await new Promise<void>((resolve, reject) => {
      server.stdout!.once('data', () => resolve());
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
  }

  /** Runs words in the machine, with some text as the input. */
  public run(words: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
    const all = ['netns', 'exec', this.machine, ...words];
    return spawnSync('ip', all, { input, encoding: 'utf8', env: this.environment });
  }

  /** Runs firewalld with a bus of its own. */
  public async runFirewalld(): Promise<void> {
    const config = join(path, 'bus.conf');
    const allowed =
      '<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/>' +
      '<allow eavesdrop="true"/></policy>';
    const listen = `<listen>unix:path=${join(path, 'bus')}</listen><auth>EXTERNAL</auth>`;
    writeFileSync(config, `<busconfig><type>system</type>${listen}${allowed}</busconfig>`);
    this.start('dbus-daemon', [`--config-file=${config}`, '--nofork', '--nopidfile']);
    this.start('ip', ['netns', 'exec', this.machine, 'firewalld', '--nofork', '--nopid']);
    for (let tries = 0; tries < 50 && this.run(['firewall-cmd', '--state']).status !== 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(this.run(['firewall-cmd', '--state']).stdout).toBe('running\n');
  }

  public override remove(): void {
    for (const program of this.programs) program.kill('SIGKILL');
    super.remove();
    rmSync(this.settings(), { recursive: true, force: true });
  }

  private settings(): string {
    return join('/etc/netns', this.machine);
  }

  private start(program: string, words: readonly string[]): ChildProcess {
    const started = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'], env: this.environment });
    this.programs.push(started);
    return started;
  }
}

/** Runs a test with a machine, and removes the machine. */
async function withMachine(firewall: string, act: (machine: Machine) => Promise<void>): Promise<void> {
  const machine = new Machine(firewall);
  try {
    await act(machine);
  } finally {
    machine.remove();
  }
}

/** The ports that answer to a stranger and to a worker, in both families. */
function open(machine: Machine): Record<string, number[]> {
  const packets = ALL_PORTS.flatMap((port) =>
    MACHINE.flatMap((to, at) => [NOBODY, WORKER].map((far): Packet => ({ protocol: 'tcp', from: far[at], to, port }))),
  );
  const answers = machine.answered(packets);
  const from = (far: readonly string[], at: number): number[] =>
    packets.flatMap((packet, index) => (answers[index] && packet.from === far[at] ? [packet.port!] : []));
  return {
    nobody: from(NOBODY, 0),
    nobodyOverIpv6: from(NOBODY, 1),
    worker: from(WORKER, 0),
    workerOverIpv6: from(WORKER, 1),
  };
}

const everyone = (...ports: number[]): Record<string, number[]> => ({
  nobody: ports,
  nobodyOverIpv6: ports,
  worker: ports,
  workerOverIpv6: ports,
});
const ANYWHERE = (port: number): string[] => [`0.0.0.0:${port}`, `:::${port}`];

describe('nftables', () => {
  const NFTABLES = ['--for', 'nftables'];

  test.each<[string, string[], string[], Record<string, number[]>]>([
    ['22, the default', [], ANYWHERE(22), { ...everyone(22), worker: [22, 25080], workerOverIpv6: [22, 25080] }],
    [
      '2222, as told',
      ['--ssh-port', '2222'],
      ANYWHERE(2222),
      { ...everyone(2222), worker: [2222, 25080], workerOverIpv6: [2222, 25080] },
    ],
    [
      'both, as told',
      ['--ssh-port', '22,2222'],
      [...ANYWHERE(22), ...ANYWHERE(2222)],
      { nobody: [22, 2222], nobodyOverIpv6: [22, 2222], worker: ALL_PORTS, workerOverIpv6: ALL_PORTS },
    ],
  ])('SSH stays open at %s', async (_what, words, places, expected) => {
    const script = await rendered(...NFTABLES, ...words);
    await withMachine('nftables', async (machine) => {
      await machine.serve('sshd', ...places);
      await machine.serve('mongod', ...ANYWHERE(25080));
      expect(machine.run(['sh', '-s'], script)).toMatchObject({ status: 0, stderr: '' });
      expect(open(machine)).toEqual(expected);
    });
  });

  test.each<[string, string, string[], string[], string]>([
    ['at 2222', 'sshd', ANYWHERE(2222), [], '2222'],
    ['at 2222 in addition', 'sshd', [...ANYWHERE(22), ...ANYWHERE(2222)], [], '2222'],
    ['at 22, if only 2222 is told', 'sshd', ANYWHERE(22), ['--ssh-port', '2222'], '22'],
    ['only over IPv6', 'sshd', [`${MACHINE[1]}:2222`], [], '2222'],
    ['as dropbear', 'dropbear', ['10.8.0.1:2222'], [], '2222'],
  ])('nothing is changed if SSH listens %s', async (_what, server, places, words, port) => {
    const script = await rendered(...NFTABLES, ...words);
    await withMachine('nftables', async (machine) => {
      await machine.serve(server, ...places);
      const before = open(machine);
      const listed = words[1] ?? '22';
      expect(machine.run(['sh', '-s'], script)).toMatchObject({
        status: 1,
        stderr: `SSH listens on port ${port}, which is not in --ssh-port ${listed}: nothing is changed\n`,
      });
      expect(machine.rules()).toBe('');
      expect(open(machine)).toEqual(before);
    });
  });

  test('nothing is changed if the connection of the administrator has a different port', async () => {
    const script = await rendered(...NFTABLES);
    await withMachine('nftables', async (machine) => {
      await machine.serve('sshd', ...ANYWHERE(22));
      const connection = (port: number): string[] => [
        'env',
        `SSH_CONNECTION=192.0.2.9 50000 10.8.0.1 ${port}`,
        'sh',
        '-s',
      ];
      expect(machine.run(connection(2222), script).status).toBe(1);
      expect(machine.rules()).toBe('');
      expect(machine.run(connection(22), script).status).toBe(0);
    });
  });

  test('ports that SSH forwards to the machine itself do not count', async () => {
    const script = await rendered(...NFTABLES);
    await withMachine('nftables', async (machine) => {
      await machine.serve('sshd', ...ANYWHERE(22), '127.0.0.1:6010', '::1:6010');
      expect(machine.run(['sh', '-s'], script)).toMatchObject({ status: 0, stderr: '' });
    });
  });

  test('closes SSH wherever it listens, if asked twice', async () => {
    const script = await rendered(...NFTABLES, '--ssh-port', 'none', '--allow-lockout');
    await withMachine('nftables', async (machine) => {
      await machine.serve('sshd', ...ANYWHERE(2222));
      expect(machine.run(['sh', '-s'], script)).toMatchObject({ status: 0, stderr: '' });
      expect(open(machine)).toEqual(everyone());
    });
  });

  test('prints the table that it would load, and loads nothing', async () => {
    const script = await rendered(...NFTABLES);
    await withMachine('nftables', async (machine) => {
      await machine.serve('sshd', ...ANYWHERE(22));
      const { status, stdout } = machine.run(['sh', '-s', '--', '--print'], script);
      expect(status).toBe(0);
      expect(machine.rules()).toBe('');
      machine.load(stdout);
      const printed = machine.rules();
      expect(printed).toContain('tcp dport 22 accept');
      expect(machine.run(['sh', '-s'], script).status).toBe(0);
      expect(machine.rules()).toBe(printed);
    });
  });
});

/** Runs a test if a program is on this machine, and else says that it is skipped. */
function testWith(program: string, name: string, act: () => Promise<void>): void {
  const isThere = spawnSync(program, ['--version']).status === 0;
  if (!isThere) console.error(`\n*** SKIPPED: ${name}: ${program} is not installed. ***\n`);
  (isThere ? test : test.skip)(name, act);
}

/** What is open before and after a script, for a firewall that has SSH open at 22 and 2222, and drops the rest. */
async function checkPackets(machine: Machine, firewall: string): Promise<void> {
  const before = everyone(22, 2222);
  await machine.serve('sshd', ...ANYWHERE(22), ...ANYWHERE(2222));
  await machine.serve('mongod', ...ANYWHERE(25080));
  expect(open(machine)).toEqual(before);
  expect(machine.run(['sh', '-s'], await rendered('--for', firewall))).toMatchObject({
    status: 1,
    stderr: 'SSH listens on port 2222, which is not in --ssh-port 22: nothing is changed\n',
  });
  expect(open(machine)).toEqual(before);
  const script = await rendered('--for', firewall, '--ssh-port', '22', '--ssh-port', '2222');
  const after = { nobody: [22, 2222], nobodyOverIpv6: [22, 2222], worker: ALL_PORTS, workerOverIpv6: ALL_PORTS };
  for (let times = 0; times < 2; times += 1) {
    expect(machine.run(['sh', '-s'], script)).toMatchObject({ status: 0, stderr: '' });
    expect(open(machine)).toEqual(after);
  }
  const { stdout: removal } = await cli(['host-rules', '--for', firewall, '--remove']);
  for (let times = 0; times < 2; times += 1) {
    expect(machine.run(['sh', '-s'], removal)).toMatchObject({ status: 0, stderr: '' });
    expect(open(machine)).toEqual(before);
  }
}

testWith('ufw', 'ufw answers at documented ports, and leaves SSH alone', () =>
  withMachine('ufw', async (machine) => {
    for (const rule of ['22/tcp', '2222/tcp']) expect(machine.run(['ufw', 'allow', rule]).status).toBe(0);
    expect(machine.run(['ufw', '--force', 'enable'])).toMatchObject({ status: 0 });
    await checkPackets(machine, 'ufw');
  }),
);

testWith('firewall-offline-cmd', 'firewalld answers at documented ports, and leaves SSH alone', () =>
  withMachine('firewalld', async (machine) => {
    await machine.runFirewalld();
    const permanent = ['firewall-cmd', '--permanent', '--add-port=2222/tcp'];
    expect(machine.run(permanent).status).toBe(0);
    expect(machine.run(['firewall-cmd', '--reload']).status).toBe(0);
    await checkPackets(machine, 'firewalld');
  }),
);

testWith('firewall-offline-cmd', 'firewalld: nothing is changed if a reload would close SSH', () =>
  withMachine('firewalld', async (machine) => {
    await machine.runFirewalld();
    await machine.serve('sshd', ...ANYWHERE(2222));
    const script = await rendered('--for', 'firewalld', '--ssh-port', '2222');
    expect(machine.run(['firewall-cmd', '--add-port=2222/tcp']).status).toBe(0);
    expect(machine.run(['sh', '-s'], script)).toMatchObject({
      status: 1,
      stderr:
        'zone public accepts SSH (port 2222) only until the next reload: run firewall-cmd --runtime-to-permanent first\n',
    });
    expect(open(machine)).toEqual(everyone(2222));
    expect(machine.run(['firewall-cmd', '--runtime-to-permanent']).status).toBe(0);
    expect(machine.run(['sh', '-s'], script)).toMatchObject({ status: 0, stderr: '' });
    expect(open(machine).nobody).toEqual([2222]);
  }),
);

/** A script for a machine of GitLab, whose document has a row for SSH (22/tcp). */
async function gitlab(firewall: string, omit: string[] = [], ...words: string[]): Promise<string> {
  const stack = newStack();
  const user = Peer.anyOf(Peer.anyIpv4('Git clients'), Peer.cidrIpv6('2001:db8:1::/64'));
  const machines = LinuxHosts.named('gitlab', '10.8.0.0/28', '2001:db8:8::/64');
  new GitLabRules(stack, 'gitlab', { user, gitlab: machines, omit });
  const file = join(path, 'gitlab.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const { code, stdout } = await cli(['host-rules', file, '--role', 'gitlab', '--for', firewall, ...words]);
  expect(code).toBe(0);
  return stdout;
}

/** The row of GitLab is all that accepts SSH: nothing closes it until the commands that the script names have run. */
async function checkLockout(machine: Machine, firewall: string, rules: () => string): Promise<void> {
  await machine.serve('sshd', ...ANYWHERE(22));
  const both = { nobody: [22], nobodyOverIpv6: [], worker: [22], workerOverIpv6: [22] };
  expect(machine.run(['sh', '-s'], await gitlab(firewall))).toMatchObject({ status: 0, stderr: '' });
  expect(open(machine)).toEqual(both);
  const before = rules();
  const removal = (await cli(['host-rules', '--for', firewall, '--remove'])).stdout;
  const without = await gitlab(firewall, ['ssh']);
  for (const script of [without, removal]) {
    const { status, stderr } = machine.run(['sh', '-s'], script);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/SSH \(port 22\) from 0\.0\.0\.0\/0/),
    });
    expect(stderr).toMatch(/SSH \(port 22\) from 2001:db8:1::\/64/);
    expect([rules(), open(machine)]).toEqual([before, both]);
  }
  const { stderr } = machine.run(['sh', '-s'], removal);
  const fixes = [...stderr.matchAll(/: run (.*) first; nothing is changed\n/g)].map(([, fix]) => fix);
  expect(fixes).toHaveLength(2);
  for (const fix of fixes) expect(machine.run(['sh', '-c', fix])).toMatchObject({ status: 0 });
  for (const script of [without, removal, removal]) {
    expect(machine.run(['sh', '-s'], script)).toMatchObject({ status: 0, stderr: '' });
    expect(open(machine)).toMatchObject({ nobody: [22], worker: [22], workerOverIpv6: [22] });
  }
}

testWith('ufw', 'ufw: a row that is all that accepts SSH is not removed', () =>
  withMachine('ufw-lockout', async (machine) => {
    expect(machine.run(['ufw', '--force', 'enable'])).toMatchObject({ status: 0 });
    await checkLockout(machine, 'ufw', () => machine.run(['ufw', 'show', 'added']).stdout);
  }),
);

testWith('ufw', 'ufw: a rule that became ours is not removed if it is all that accepts SSH', () =>
  withMachine('ufw-taken', async (machine) => {
    await machine.serve('sshd', ...ANYWHERE(22));
    expect(machine.run(['ufw', 'allow', '22/tcp']).status).toBe(0);
    expect(machine.run(['ufw', '--force', 'enable'])).toMatchObject({ status: 0 });
    expect(machine.run(['sh', '-s'], await gitlab('ufw'))).toMatchObject({ status: 0, stderr: '' });
    expect(machine.run(['sh', '-s'], await gitlab('ufw', ['ssh'])).status).toBe(1);
    expect(open(machine)).toEqual(everyone(22));
    const asked = await gitlab('ufw', ['ssh'], '--ssh-port', 'none', '--allow-lockout');
    expect(machine.run(['sh', '-s'], asked)).toMatchObject({ status: 0, stderr: '' });
    // the rule for IPv6 was never ours
    expect(open(machine)).toEqual({ nobody: [], nobodyOverIpv6: [22], worker: [], workerOverIpv6: [22] });
  }),
);

testWith('firewall-offline-cmd', 'firewalld: a row that is all that accepts SSH is not removed', () =>
  withMachine('fwd-lockout', async (machine) => {
    await machine.runFirewalld();
    expect(machine.run(['firewall-cmd', '--permanent', '--remove-service=ssh']).status).toBe(0);
    expect(machine.run(['firewall-cmd', '--reload']).status).toBe(0);
    await checkLockout(machine, 'firewalld', () => machine.run(['nft', 'list', 'ruleset']).stdout);
    const asked = (await cli(['host-rules', '--for', 'firewalld', '--remove', '--ssh-port', 'none', '--allow-lockout']))
      .stdout;
    expect(asked).not.toContain('SSH');
    expect(machine.run(['sh', '-s'], asked)).toMatchObject({ status: 0, stderr: '' });
  }),
);
