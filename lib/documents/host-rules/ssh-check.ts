import { shellComment } from '../../text';

/**
 * Returns lines of shell that end a script with an error if SSH listens on a port that is not listed, before anything is changed; none if SSH
 * may be closed.
 */
export function sshCheck(sshPorts: readonly number[] | undefined): string[] {
  if (sshPorts === undefined) return [];
  const listed = sshPorts.join(' ');
  return [
    shellComment(`SSH is left alone: nothing is changed if it listens on a port other than ${listed}.`),
    ...findSshPorts(),
    'for port in $ssh_ports; do',
    `  case " ${listed} " in`,
    '    *" $port "*) ;;',
    `    *) echo "SSH listens on port $port, which is not in --ssh-port ${sshPorts.join(',')}: nothing is changed" >&2; exit 1 ;;`,
    '  esac',
    'done',
  ];
}

/**
 * Returns lines of shell that set `ssh_ports`. The kernel says on which ports a server listens, with systemd in its place until the first
 * connection; what sshd would read counts only if nothing listens. Ports that SSH forwards listen on the loopback address and are left out.
 */
export function findSshPorts(): string[] {
  return [
    'PATH="$PATH:/usr/sbin:/sbin"',
    'if ! command -v ss >/dev/null && ! command -v sshd >/dev/null; then',
    '  echo "not known on which port SSH listens: neither ss nor sshd is installed" >&2; exit 1',
    'fi',
    'ssh_ports=$({',
    `  ss -Hltnp 2>/dev/null | awk '$6 ~ /"(sshd|dropbear)"/ && $4 !~ /^(127[.]|[[]::1[]])/ { sub(/.*:/, "", $4); print $4 }'`,
    '  for unit in ssh.socket sshd.socket; do',
    '    if systemctl is-active --quiet "$unit" 2>/dev/null; then',
    `      systemctl show -p Listen --value "$unit" | sed -n 's/^\\(.*:\\)\\{0,1\\}\\([0-9]*\\) (Stream).*/\\2/p'`,
    '    fi',
    '  done',
    `  echo "\${SSH_CONNECTION-}" | awk '{ print $4 }'`,
    '} | sort -un)',
    `[ -n "$ssh_ports" ] || ssh_ports=$(sshd -T 2>/dev/null | sed -n 's/^port //p')`,
  ];
}
