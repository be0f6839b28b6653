import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  KeepalivedRules,
  KubeadmFlannelClusterRules,
  LinuxHosts,
  Peer,
} from '../../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const CONTROL_PLANE = LinuxHosts.named('k8s-masters', '10.1.0.0/29', '2001:db8:1::/64');
const WORKERS = LinuxHosts.named('k8s-workers', '10.1.1.0/24', '2001:db8:2::/64');

/** Writes the synthesized stack of some constructs, and returns its path. */
function written(name: string, build: (stack: TerraformStack) => void): string {
  const stack = new TerraformStack(Testing.app(), name);
  build(stack);
  const file = join(path, `${name}.json`);
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  return file;
}

const CLUSTER = written('cluster', (stack) => {
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: CONTROL_PLANE, workers: WORKERS });
  new ApinizerNodePorts(stack, 'node-ports', {
    workers: WORKERS,
    managementConsole: { clients: Peer.named('ops', '10.9.0.0/16') },
    gateways: [{ environment: 'prod', clients: Peer.anyIpv4('the public API') }],
  });
});

async function rendered(...words: string[]): Promise<string> {
  const { code, stdout } = await cli(['host-rules', ...words]);
  expect(code).toBe(0);
  return stdout;
}

const acceptedLines = (script: string): string[] => script.split('\n').filter((line) => line.endsWith(' accept'));

describe('nftables', () => {
  test('accepts the documented ports of a role from their sources, and drops the rest in a table of its own', async () => {
    const script = await rendered(CLUSTER, '--role', 'worker', '--for', 'nftables');
    expect(script).toMatchSnapshot();
  });

  test('also sends what is documented, if asked', async () => {
    const script = await rendered(CLUSTER, '--role', 'worker', '--for', 'nftables', '--egress');
    const [, output] = script.split('chain output');
    expect(acceptedLines(output).filter((line) => line.includes('daddr'))).toEqual([
      '    ip daddr 10.1.0.0/29 tcp dport 6443 accept',
      '    ip6 daddr 2001:db8:1::/64 tcp dport 6443 accept',
      '    ip daddr 10.1.0.0/29 udp dport 8285 accept',
      '    ip6 daddr 2001:db8:1::/64 udp dport 8285 accept',
      '    ip daddr 10.1.0.0/29 udp dport 8472 accept',
      '    ip6 daddr 2001:db8:1::/64 udp dport 8472 accept',
    ]);
  });

  test('leaves SSH open at its port, and closes it only if asked twice', async () => {
    const call = ['host-rules', CLUSTER, '--role', 'worker', '--for', 'nftables', '--ssh-port'];
    expect((await cli([...call, '2222'])).stdout).toContain('tcp dport 2222 accept # SSH');
    expect((await cli([...call, '2222,22'])).stdout).toContain('tcp dport { 22, 2222 } accept # SSH');
    const closed = await cli([...call, 'none', '--allow-lockout']);
    expect(closed.code).toBe(0);
    expect(closed.stdout).not.toContain('SSH');
  });

  test('accepts everything from pods, if asked', async () => {
    const ranges = '10.42.0.0/16,10.43.0.0/16,2001:db8:42::/56';
    const script = await rendered(CLUSTER, '--role', 'worker', '--for', 'nftables', '--pods', ranges);
    expect(script).toContain('    ip saddr { 10.42.0.0/16, 10.43.0.0/16 } accept # pods\n');
    expect(script).toContain('    ip6 saddr 2001:db8:42::/56 accept # pods\n');
  });

  test('accepts everything from most of the internet only with a reason', async () => {
    const call = ['host-rules', CLUSTER, '--role', 'worker', '--for', 'nftables', '--pods'];
    const world = ['0.0.0.0/0', '::/0', '0.0.0.0/1,128.0.0.0/1', '10.42.0.0/16,2000::/3'];
    for (const ranges of world) await expectBadInput([...call, ranges], 'world-without-reason');
    const given = await rendered(...call.slice(1), '0.0.0.0/0', '--pods-reason', 'a lab without a network');
    expect(given).toContain('    ip saddr 0.0.0.0/0 accept # pods: a lab without a network\n');
    await expectBadInput([...call, '0.0.0.0/0', '--pods-reason', ' '], 'text-required');
  });

  test('has IP protocols and types of ICMP', async () => {
    const routers = written('routers', (stack) => {
      new KeepalivedRules(stack, 'keepalived', { node: LinuxHosts.named('routers', '10.8.0.0/28') });
    });
    const script = await rendered(routers, '--role', 'routers', '--for', 'nftables');
    expect(script).toContain('    ip saddr 10.8.0.0/28 meta l4proto 112 accept\n');
  });
});

describe('other firewalls', () => {
  test('firewalld gets policies of its own', async () => {
    expect(await rendered(CLUSTER, '--role', 'worker', '--for', 'firewalld')).toMatchSnapshot();
  });

  test('ufw gets rules with a comment of their own', async () => {
    expect(await rendered(CLUSTER, '--role', 'worker', '--for', 'ufw', '--egress')).toMatchSnapshot();
  });

  test.each(['nftables', 'firewalld', 'ufw'])('%s: a second script removes the rules again', async (firewall) => {
    expect(await rendered('--for', firewall, '--remove')).toMatchSnapshot();
  });
});

describe('machines', () => {
  test('of a role, by its id, name or IP address, are the same', async () => {
    const byRole = await rendered(CLUSTER, '--role', 'control-plane', '--for', 'nftables');
    for (const name of ['k8s-masters', '10.1.0.3', 'cluster/k8s-masters']) {
      expect(await rendered(CLUSTER, '--role', name, '--for', 'nftables')).toBe(byRole);
    }
  });

  test('accept what every construct opens for them, in whatever role', async () => {
    const script = await rendered(CLUSTER, '--role', 'worker', '--for', 'nftables');
    expect(script).toContain('    ip saddr 10.9.0.0/16 tcp dport 32080 accept\n');
    expect(script).toContain('    ip saddr 0.0.0.0/0 tcp dport 30080 accept\n');
  });

  test('accept what is opened for wider ranges that have all of them; what only some need is listed', async () => {
    const stores = written('stores', (stack) => {
      const workers = LinuxHosts.named('workers', '10.1.1.0/24');
      const all = LinuxHosts.named('all-nodes', '10.1.0.0/16');
      const some = LinuxHosts.named('some-nodes', '10.1.1.0/28');
      new ApinizerDataStoreRules(stack, 'data', { workers, mongodb: all, elasticsearch: some });
    });
    const { stdout, stderr } = await cli(['host-rules', stores, '--role', 'worker', '--for', 'nftables']);
    expect(acceptedLines(stdout).filter((line) => line.includes('saddr 10.'))).toEqual([
      '    ip saddr 10.1.1.0/24 tcp dport 25080 accept',
    ]);
    const remark =
      '9200/tcp (elasticsearch of apinizer-data-stores@2024-12), workers to some-nodes: only some machines of workers are among them';
    expect(stdout).toContain(`# not accepted: ${remark}\n`);
    expect(stderr).toContain(remark);
  });
});

test.each<[firewall: string, words: string[]]>(
  ['firewalld', 'ufw'].flatMap((firewall) =>
    [
      ['--pods', '10.42.0.0/16'],
      ['--pods-reason', 'a lab'],
    ].map((one): [string, string[]] => [firewall, one]),
  ),
)('fails for an option that %s does not have: %s', async (firewall, words) => {
  const call = ['host-rules', CLUSTER, '--role', 'worker', '--for', firewall];
  await expectBadInput([...call, ...words], 'option-needs-another');
});

test.each([
  ...[['--ssh-port', '2222'], ['--ssh-port', '22'], ['--allow-lockout'], ['--pods', '10.42.0.0/16']].map((words) => [
    '--remove',
    ...words,
  ]),
  ['--allow-lockout'],
  ['--ssh-port', '22', '--allow-lockout'],
  ['--pods-reason', 'a lab'],
])('fails for options that have no effect together: %s %s %s', async (...words) => {
  const call = ['host-rules', CLUSTER, '--role', 'worker', '--for', 'nftables'];
  await expectBadInput([...call, ...words], 'option-needs-another');
});

describe.each(['nftables', 'firewalld', 'ufw'])('SSH with %s', (firewall) => {
  const call = ['host-rules', CLUSTER, '--role', 'worker', '--for', firewall];

  test.each<[string[], string]>([
    [[], '22'],
    [['--ssh-port', '2222'], '2222'],
    [['--ssh-port', '2222,22'], '22 2222'],
    [['--ssh-port', '2222', '--ssh-port', '22', '--ssh-port', '22'], '22 2222'],
  ])('is compared with where it listens: %j', async (words, ports) => {
    const { code, stdout } = await cli([...call, ...words]);
    expect(code).toBe(0);
    expect(stdout).toContain(`\n  case " ${ports} " in\n`);
    expect(stdout.indexOf('case " ')).toBeLessThan(stdout.search(/nft -f -|ufw allow|mkdir -p/));
  });

  test('is not compared if it may be closed, which needs both options', async () => {
    await expectBadInput([...call, '--ssh-port', 'none'], 'ssh-closed');
    const { code, stdout } = await cli([...call, '--ssh-port', 'none', '--allow-lockout']);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/ssh_ports|dport .*SSH/);
  });

  test.each([
    ['0'],
    ['65536'],
    ['ssh'],
    ['022'],
    ['22,'],
    ['22,none'],
    ['none,22'],
    ['22-23'],
    ['none', '--ssh-port', '22'],
    ['22', '--ssh-port', 'none'],
  ])('fails for the ports %s %s %s', async (...words) => {
    await expectBadInput([...call, '--ssh-port', ...words], 'option-value-unknown');
  });
});

test('fails for a role that is not given', async () => {
  await expectBadInput(['host-rules', CLUSTER, '--for', 'nftables'], 'role-unknown');
});

test.each([
  ['10250/tcp', 'a construct asks'],
  ['22/tcp', 'no construct asks'],
])('explain says for %s that %s for it, and nothing about what the machine accepts', async (port, asks) => {
  const call = ['explain', CLUSTER, '--from', 'k8s-masters', '--to', 'k8s-workers', '--port', port];
  const lines = (await cli(call)).stdout.split('\n');
  expect(lines).toContain(
    "1. the host's own firewall k8s-masters, source: not evaluated " +
      `(${asks} for it; these files do not say whether "cluster-ports host-rules --egress" or anything else manages what the machine sends)`,
  );
  expect(lines).toContain(
    "3. the host's own firewall k8s-workers, destination: not known " +
      `(${asks} for it; these files do not say which rule set of "cluster-ports host-rules" is in force, nor what else the machine accepts)`,
  );
});
