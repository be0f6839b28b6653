import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApinizerNodePorts, KubeadmFlannelClusterRules, LinuxHosts, Peer } from '../../lib';
import { newStack } from '../support/clouds';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** Runs a test if a program is on this machine, and else says that it is skipped. */
function testWith(program: string, words: string[], name: string, act: () => Promise<void>): void {
  const isThere = spawnSync(program, words).status === 0;
  if (!isThere) console.error(`\n*** SKIPPED: ${name}: ${program} is not installed. ***\n`);
  (isThere ? test : test.skip)(name, act);
}

async function rendered(firewall: string, clients: Peer): Promise<string> {
  const stack = newStack();
  const controlPlane = LinuxHosts.named('servers', '10.1.0.0/29', '2001:db8:1::/64');
  const workers = LinuxHosts.named('agents', '10.1.1.0/24', '2001:db8:2::/64');
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers });
  new ApinizerNodePorts(stack, 'node-ports', { workers, managementConsole: { clients } });
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const { code, stdout } = await cli(['host-rules', file, '--role', 'worker', '--for', firewall, '--egress']);
  expect(code).toBe(0);
  return stdout;
}

testWith('firewall-offline-cmd', ['--version'], 'firewalld finds nothing wrong in the policies', async () => {
  const script = await rendered('firewalld', Peer.cidr('10.9.0.0/16'));
  const files = [...script.matchAll(/^cat >\/etc\/firewalld\/(policies\/\S+)\.new <<'END'\n([^]*?)^END$/gm)];
  expect(files.map(([, name]) => name)).toEqual(['policies/cluster-ports-in.xml', 'policies/cluster-ports-out.xml']);
  const folder = join(path, 'firewalld');
  mkdirSync(join(folder, 'policies'), { recursive: true });
  for (const [, name, content] of files) writeFileSync(join(folder, name), content);
  const offline = (...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync('firewall-offline-cmd', ['--system-config', folder, ...words], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    // its own settings are not there, and that is all
    expect(stderr.split('\n').filter((line) => line.includes('INVALID'))).toEqual([]);
    return stdout;
  };
  offline('--check-config');
  expect(offline('--policy', 'cluster-ports-in', '--list-rich-rules').trim().split('\n')).toEqual([
    'rule family="ipv4" source address="10.1.0.0/29" port port="10250" protocol="tcp" accept',
    'rule family="ipv6" source address="2001:db8:1::/64" port port="10250" protocol="tcp" accept',
    'rule family="ipv4" source address="10.1.0.0/29" port port="8285" protocol="udp" accept',
    'rule family="ipv6" source address="2001:db8:1::/64" port port="8285" protocol="udp" accept',
    'rule family="ipv4" source address="10.1.0.0/29" port port="8472" protocol="udp" accept',
    'rule family="ipv6" source address="2001:db8:1::/64" port port="8472" protocol="udp" accept',
    'rule family="ipv4" source address="10.9.0.0/16" port port="32080" protocol="tcp" accept',
  ]);
});

testWith('ufw', ['version'], 'ufw takes the rules, twice, and only they are removed', async () => {
  const namespace = `cluster-ports-ufw-${process.pid}`;
  // `ip netns exec` mounts this folder over /etc/ufw, so that the firewall of this computer is not touched
  const settings = join('/etc/netns', namespace);
  const inside = (input: string, ...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync('ip', ['netns', 'exec', namespace, ...words], {
      input,
      encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  };
  const added = (): string[] =>
    inside('', 'ufw', 'show', 'added')
      .split('\n')
      .filter((line) => line.startsWith('ufw '));
  try {
    cpSync('/etc/ufw', join(settings, 'ufw'), { recursive: true });
    expect(spawnSync('ip', ['netns', 'add', namespace]).status).toBe(0);
    for (const rule of ['22/tcp', '443/tcp']) inside('', 'ufw', 'allow', rule);
    inside('', 'ufw', '--force', 'enable');
    const own = ['ufw allow 22/tcp', 'ufw allow 443/tcp'];
    const script = await rendered('ufw', Peer.cidr('10.9.0.0/16'));
    inside(script, 'sh');
    const once = added();
    expect(once.slice(0, 4).map((line) => line.replace(/ comment '.*/, ''))).toEqual([
      ...own,
      'ufw allow from 10.1.0.0/29 to any port 10250 proto tcp',
      'ufw allow from 10.1.0.0/29 to any port 8285 proto udp',
    ]);
    expect(once).toHaveLength(own.length + 13);
    inside(script, 'sh');
    expect(added()).toEqual(once);
    inside(await rendered('ufw', Peer.cidr('10.20.0.0/16')), 'sh');
    expect(added()).toHaveLength(once.length);
    expect(added().filter((line) => line.includes('10.9.0.0'))).toEqual([]);
    const { stdout: removal } = await cli(['host-rules', '--for', 'ufw', '--remove']);
    inside(removal, 'sh');
    expect(added()).toEqual(own);
    inside(removal, 'sh');
  } finally {
    spawnSync('ip', ['netns', 'delete', namespace]);
    rmSync(settings, { recursive: true, force: true });
  }
});
