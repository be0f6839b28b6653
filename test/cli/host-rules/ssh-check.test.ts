import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApinizerDataStoreRules, LinuxHosts } from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';
import { newStack } from '../../support/clouds';

const { path } = temporaryDirectory();
const NOTHING = 'exit 1';
/** What `ss -Hltnp` prints for a listener of a program. */
const listening = (place: string, program: string): string =>
  `echo 'LISTEN 0      128    ${place}      0.0.0.0:*    users:(("${program}",pid=7,fd=3))'`;
/** `systemctl` of a machine on which only ssh.socket is active. */
const socket = (listen: string): string =>
  `case "$*" in "is-active --quiet ssh.socket") ;; "show -p Listen --value ssh.socket") echo '${listen}' ;; *) exit 3 ;; esac`;

/** Runs the script of nftables on a machine with some programs, and returns whether it loads its table. */
async function loads(programs: Record<string, string>, environment: Record<string, string> = {}): Promise<boolean> {
  const stack = newStack();
  const [workers, mongodb] = [LinuxHosts.named('workers', '10.1.0.0/24'), LinuxHosts.named('db', '10.8.0.0/28')];
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const words = ['host-rules', file, '--role', 'mongodb', '--for', 'nftables', '--ssh-port', '22,2222'];
  const folder = mkdtempSync(join(path, 'programs-'));
  const all = { ss: NOTHING, systemctl: NOTHING, sshd: NOTHING, nft: 'cat >/dev/null; echo loaded', ...programs };
  for (const [name, lines] of Object.entries(all)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const { status, stdout, stderr } = spawnSync('sh', ['-s'], {
    input: (await cli(words)).stdout,
    encoding: 'utf8',
    env: { PATH: `${folder}:/usr/bin:/bin`, ...environment },
  });
  expect([status, stdout]).toEqual(stdout === '' ? [1, ''] : [0, 'loaded\n']);
  expect(stderr).toMatch(
    stdout === '' ? /^SSH listens on port \d+, which is not in --ssh-port 22,2222: nothing/ : /^$/,
  );
  return stdout !== '';
}

test.each<[string, Record<string, string>, boolean]>([
  ['nothing listens', {}, true],
  ['a listener has a listed port', { ss: listening('0.0.0.0:2222', 'sshd') }, true],
  ['a listener has a different port', { ss: listening('0.0.0.0:2200', 'sshd') }, false],
  ['a listener of IPv6 has a different port', { ss: listening('[::]:2200', 'sshd') }, false],
  ['a listener of one interface has a different port', { ss: listening('[fe80::1]%eth0:2200', 'sshd') }, false],
  ['only a session forwards a port', { ss: listening('127.0.0.1:6010', 'sshd') }, true],
  ['only a session forwards a port over IPv6', { ss: listening('[::1]:6010', 'sshd') }, true],
  ['the session of a newer sshd forwards a port', { ss: listening('0.0.0.0:8080', 'sshd-session') }, true],
  ['a different program listens', { ss: listening('0.0.0.0:80', 'nginx') }, true],
  ['a socket of systemd has a listed port', { systemctl: socket('[::]:22 (Stream)') }, true],
  ['a socket of systemd has a different port', { systemctl: socket('[::]:2200 (Stream)') }, false],
  [
    'a second socket of systemd has a different port',
    { systemctl: socket('0.0.0.0:22 (Stream)\n[::]:2200 (Stream)') },
    false,
  ],
  ['sshd would listen on a listed port', { sshd: 'echo "port 22"; echo "listenaddress [::]:22"' }, true],
  ['sshd would listen on a different port', { sshd: 'echo "port 22"; echo "port 2200"' }, false],
  [
    'sshd would listen on a different port than the one that runs',
    { ss: listening('0.0.0.0:22', 'sshd'), sshd: 'echo "port 2200"' },
    true,
  ],
])('if %s', async (_what, programs, expected) => {
  expect(await loads(programs)).toBe(expected);
});

test.each([
  ['22', true],
  ['2200', false],
])('if the connection of the administrator is to port %s', async (port, expected) => {
  expect(await loads({}, { SSH_CONNECTION: `192.0.2.9 50000 10.8.0.1 ${port}` })).toBe(expected);
});
