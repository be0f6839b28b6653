import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitLabRules, LinuxHosts, Peer } from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';
import { newStack } from '../../support/clouds';

const { path } = temporaryDirectory();
const MARK = '# cluster-ports 01234567 ssh';

/** Returns a script for machines of GitLab, whose document has 22/tcp from users. */
async function gitlab(firewall: string, users: readonly string[], ...omit: string[]): Promise<string> {
  const stack = newStack();
  const machines = LinuxHosts.named('gitlab', '10.8.0.0/28');
  new GitLabRules(stack, 'gitlab', { user: Peer.named('users', ...users), gitlab: machines, omit });
  const file = join(path, 'gitlab.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const { code, stdout } = await cli(['host-rules', file, '--role', 'gitlab', '--for', firewall]);
  expect(code).toBe(0);
  return stdout;
}

/** Runs a script with programs of its own; each writes its words where it would change something. Returns what it wrote and its errors. */
function run(script: string, programs: Record<string, string>): { changed: boolean; errors: string[] } {
  const folder = mkdtempSync(join(path, 'programs-'));
  for (const [name, lines] of Object.entries({ ss: 'exit 1', systemctl: 'exit 1', sshd: 'exit 1', ...programs })) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const env = { PATH: `${folder}:/usr/bin:/bin` };
  const { status, stdout, stderr } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8', env });
  const errors = stderr.split('\n').filter((line) => line !== '');
  expect(status).toBe(errors.length === 0 ? 0 : 1);
  return { changed: stdout !== '' || status === 0, errors };
}

/** `ufw` of a machine with some rules, as `ufw status verbose` prints them. It has nothing left to delete. */
function ufw(rules: readonly string[], incoming = 'deny'): Record<string, string> {
  const status = [`Status: active`, `Default: ${incoming} (incoming), allow (outgoing), disabled (routed)`, ...rules];
  return {
    ufw: `case "$1 \${2-}" in "status numbered") ;; status*) cat <<'END'\n${status.join('\n')}\nEND\n;; *) echo "$@" ;; esac`,
  };
}

const removal = async (...words: string[]): Promise<string> => {
  const { code, stdout } = await cli(['host-rules', '--remove', ...words]);
  expect(code).toBe(0);
  return stdout;
};
const refusal = (fix: string, port = '22', source = '0.0.0.0/0'): string =>
  `only a rule that would be removed accepts SSH (port ${port}) from ${source}: run ${fix} first; nothing is changed`;
const OURS = `22/tcp                     ALLOW IN    Anywhere                   ${MARK}`;
const OURS_V6 = `22/tcp (v6)                ALLOW IN    Anywhere (v6)              ${MARK}`;
const OURS_RANGE = `20:30/tcp                  ALLOW IN    10.1.1.0/24                ${MARK}`;
const OURS_MACHINE = `22/tcp                     ALLOW IN    10.1.1.7                   ${MARK}`;

describe('ufw: a removal', () => {
  test.each<[string, string[], string[]]>([
    ['no other rule', [OURS], [refusal('ufw allow 22/tcp')]],
    [
      'no other rule, in both families',
      [OURS, OURS_V6],
      [refusal('ufw allow 22/tcp'), refusal('ufw allow 22/tcp', '22', '::/0')],
    ],
    [
      'no other rule, in a range',
      [OURS_RANGE],
      [refusal('ufw allow proto tcp from 10.1.1.0/24 to any port 22', '22', '10.1.1.0/24')],
    ],
    ['a rule of UDP', [OURS, '22/udp   ALLOW IN    Anywhere'], [refusal('ufw allow 22/tcp')]],
    ['a rule that denies', [OURS, '22/tcp   DENY IN    Anywhere'], [refusal('ufw allow 22/tcp')]],
    ['a rule for what is sent', [OURS, 'Anywhere   ALLOW OUT    Anywhere'], [refusal('ufw allow 22/tcp')]],
    ['a rule for a different port', [OURS, '2222/tcp   ALLOW IN    Anywhere'], [refusal('ufw allow 22/tcp')]],
    ['a rule for one interface', [OURS, '22/tcp on eth1   ALLOW IN    Anywhere'], [refusal('ufw allow 22/tcp')]],
    [
      'a rule for one IP address of the machine',
      [OURS, '10.8.0.1 22/tcp   ALLOW IN    Anywhere'],
      [refusal('ufw allow 22/tcp')],
    ],
    ['a rule from fewer machines', [OURS, '22/tcp   ALLOW IN    10.0.0.0/8'], [refusal('ufw allow 22/tcp')]],
    ['a rule of one protocol', [OURS, 'Anywhere   ALLOW IN    0.0.0.0/0/vrrp'], [refusal('ufw allow 22/tcp')]],
    ['a rule of the other family', [OURS, '22/tcp (v6)   ALLOW IN    Anywhere (v6)'], [refusal('ufw allow 22/tcp')]],
    ['a second rule of ours', [OURS, `22   LIMIT IN    Anywhere   ${MARK}`], [refusal('ufw allow 22/tcp')]],
    ['no rule at all', [], []],
    ['a rule of its number', [OURS, '22/tcp   ALLOW IN    Anywhere'], []],
    ['a rule of both protocols', [OURS, '22   ALLOW IN    Anywhere'], []],
    ['a rule with a comment', [OURS, '22   ALLOW IN    Anywhere   # not of cluster-ports'], []],
    ['a rule of a range', [OURS, '20:30/tcp   ALLOW IN    Anywhere'], []],
    ['a rule of several ports', [OURS, '21,22,23/tcp   ALLOW IN    Anywhere'], []],
    ['a rule of an application', [OURS, '22/tcp (OpenSSH)   ALLOW IN    Anywhere'], []],
    ['a rule of an application over IPv6', [OURS_V6, '22/tcp (OpenSSH (v6))   ALLOW IN    Anywhere (v6)'], []],
    ['a rule with a limit', [OURS, '22/tcp   LIMIT IN    Anywhere'], []],
    ['a rule of every port', [OURS_RANGE, 'Anywhere   ALLOW IN    10.0.0.0/8'], []],
    ['a rule from the same machines', [OURS_RANGE, '22/tcp   ALLOW IN    10.1.1.0/24'], []],
    ['a rule from more machines', [OURS_MACHINE, '22/tcp   ALLOW IN    10.1.1.0/29'], []],
    [
      'a rule from neighbours',
      [OURS_MACHINE, '22/tcp   ALLOW IN    10.1.1.8/29'],
      [refusal('ufw allow proto tcp from 10.1.1.7 to any port 22', '22', '10.1.1.7')],
    ],
  ])('with %s', async (_what, rules, errors) => {
    expect(run(await removal('--for', 'ufw'), ufw(rules))).toEqual({ changed: errors.length === 0, errors });
  });

  test('changes nothing if it would close a port on which SSH listens, or that is given', async () => {
    const rules = ufw([OURS.replace('22/tcp', '2222/tcp')]);
    const listening = { ss: `echo 'LISTEN 0 128 0.0.0.0:2222 0.0.0.0:* users:(("sshd",pid=7,fd=3))'` };
    const errors = [refusal('ufw allow 2222/tcp', '2222')];
    expect(run(await removal('--for', 'ufw'), rules).errors).toEqual([]);
    expect(run(await removal('--for', 'ufw'), { ...rules, ...listening }).errors).toEqual(errors);
    expect(run(await removal('--for', 'ufw', '--ssh-port', '2222'), rules).errors).toEqual(errors);
    const asked = await removal('--for', 'ufw', '--ssh-port', 'none', '--allow-lockout');
    expect(run(asked, { ...rules, ...listening }).errors).toEqual([]);
  });

  test('runs if ufw accepts what no rule is for', async () => {
    expect(run(await removal('--for', 'ufw'), ufw([OURS, OURS_V6], 'allow')).errors).toEqual([]);
  });
});

describe('ufw: a later script', () => {
  const refused = [refusal('ufw allow proto tcp from 10.1.1.0/24 to any port 22', '22', '10.1.1.0/24')];

  test.each<[string, string[], string[], string[]]>([
    ['without the row', ['10.1.1.0/24'], ['ssh'], refused],
    ['from fewer machines', ['10.1.1.0/25'], [], refused],
    ['from different machines', ['10.2.1.0/24'], [], refused],
    ['from the same machines', ['10.1.1.0/24'], [], []],
    ['from more machines', ['10.1.0.0/16'], [], []],
  ])('%s', async (_what, users, omit, errors) => {
    const { changed, errors: got } = run(await gitlab('ufw', users, ...omit), ufw([OURS_RANGE]));
    expect({ changed, errors: got }).toEqual({ changed: errors.length === 0, errors });
  });
});

/** What `firewall-cmd` prints for words, by their beginning. It fails for other words, and prints that something is changed if it reloads. */
function firewalld(answers: Record<string, string>): Record<string, string> {
  const all: Record<string, string> = {
    '--state': 'running',
    '--get-default-zone': 'public',
    '--get-active-zones': 'public\n  interfaces: eth0',
    '--permanent --get-policies': 'allow-host-ipv6 cluster-ports-in',
    '--permanent --policy=allow-host-ipv6 --list-ingress-zones': 'ANY',
    '--permanent --policy=allow-host-ipv6 --list-egress-zones': 'HOST',
    '--permanent --service=ssh --get-ports': '22/tcp',
    ...answers,
  };
  const cases = Object.entries(all).map(([words, lines]) => `'${words}') cat <<'END'\n${lines}\nEND\n;;`);
  return {
    'firewall-cmd': `case "$*" in\n${cases.join('\n')}\n--reload) echo changed ;;\n*) exit 1 ;;\nesac`,
    rm: 'echo "$@"',
  };
}

describe('firewalld: a removal', () => {
  const accept = (family: string, source: string, what: string): string =>
    `rule family="${family}" source address="${source}" ${what} accept`;
  const SSH = 'port port="22" protocol="tcp"';
  const own = (...rules: string[]): Record<string, string> => ({
    '--policy=cluster-ports-in --list-rich-rules': rules.join('\n'),
  });
  const everyone = own(accept('ipv4', '0.0.0.0/0', SSH));
  const workers = own(accept('ipv4', '10.1.1.0/24', 'port port="20-30" protocol="tcp"'));
  const PUBLIC = '--permanent --zone=public';
  const POLICY = '--permanent --policy=allow-host-ipv6';
  const refused = [refusal('firewall-cmd --permanent --zone=public --add-port=22/tcp')];
  const rich =
    "firewall-cmd --permanent --zone=public --add-rich-rule='rule family=ipv4 source address=10.1.1.0/24 port port=22 protocol=tcp accept'";
  const refusedWorkers = [refusal(rich, '22', '10.1.1.0/24')];

  test.each<[string, Record<string, string>, string[]]>([
    ['nothing else', everyone, refused],
    ['nothing else, for workers', workers, refusedWorkers],
    ['a different port', { ...everyone, [`${PUBLIC} --list-ports`]: '22/udp 2222/tcp' }, refused],
    ['a different service', { ...everyone, [`${PUBLIC} --list-services`]: 'dhcpv6-client' }, refused],
    [
      'a rule from fewer machines',
      { ...everyone, [`${PUBLIC} --list-rich-rules`]: accept('ipv4', '10.0.0.0/8', SSH) },
      refused,
    ],
    [
      'a rule of the other family',
      { ...everyone, [`${PUBLIC} --list-rich-rules`]: accept('ipv6', '::/0', SSH) },
      refused,
    ],
    [
      'a rule that rejects',
      { ...everyone, [`${PUBLIC} --list-rich-rules`]: 'rule service name="ssh" reject' },
      refused,
    ],
    [
      'a rule for everyone else',
      {
        ...workers,
        [`${PUBLIC} --list-rich-rules`]: `rule family="ipv4" source NOT address="10.1.1.0/24" ${SSH} accept`,
      },
      refusedWorkers,
    ],
    [
      'an active zone in which it is closed',
      { ...everyone, '--get-active-zones': 'dmz\n  interfaces: eth1', [`${PUBLIC} --list-services`]: 'ssh' },
      [refusal('firewall-cmd --permanent --zone=dmz --add-port=22/tcp')],
    ],
    [
      'a port that is only sent',
      { ...everyone, [`${POLICY} --list-egress-zones`]: 'ANY', [`${POLICY} --list-ports`]: '22/tcp' },
      refused,
    ],
    ['no policy of ours', {}, []],
    ['its port', { ...everyone, [`${PUBLIC} --list-ports`]: '80/tcp 22/tcp' }, []],
    ['a range', { ...everyone, [`${PUBLIC} --list-ports`]: '20-30/tcp' }, []],
    ['its service', { ...everyone, [`${PUBLIC} --list-services`]: 'dhcpv6-client ssh' }, []],
    ['a zone that accepts everything', { ...everyone, [`${PUBLIC} --get-target`]: 'ACCEPT' }, []],
    [
      'a rule of its service',
      { ...everyone, [`${PUBLIC} --list-rich-rules`]: 'rule service name="ssh" accept limit value="9/m"' },
      [],
    ],
    [
      'a rule from more machines',
      { ...workers, [`${PUBLIC} --list-rich-rules`]: accept('ipv4', '10.1.0.0/16', SSH) },
      [],
    ],
    [
      'a rule of every port',
      { ...workers, [`${PUBLIC} --list-rich-rules`]: 'rule family="ipv4" source address="10.1.1.0/24" accept' },
      [],
    ],
    ['a policy of somebody else', { ...everyone, [`${POLICY} --list-ports`]: '22/tcp' }, []],
  ])('with %s', async (_what, answers, errors) => {
    const result = run(await removal('--for', 'firewalld'), firewalld(answers));
    expect(result).toEqual({ changed: errors.length === 0, errors });
  });

  test('runs if it is asked twice', async () => {
    const script = await removal('--for', 'firewalld', '--ssh-port', 'none', '--allow-lockout');
    expect(run(script, firewalld(everyone)).errors).toEqual([]);
  });
});

test('nftables: a removal closes nothing, because without the table the machine accepts what it accepted before', async () => {
  expect(await removal('--for', 'nftables')).toBe(
    '#!/usr/sbin/nft -f\ntable inet cluster_ports\ndelete table inet cluster_ports\n',
  );
});
