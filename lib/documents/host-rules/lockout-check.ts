import { Protocol } from '../../net';
import { shellComment } from '../../text';
import type { HostRule } from './host-rules';

/**
 * Reads lines such as `old 22 22 10.1.0.0/24`: an accepted range of TCP ports and its source, of rules that would be removed (old), that the
 * script adds (new), or that other people made (other). Prints each port of SSH that only old rules accept, with its source.
 */
const CLOSED = String.raw`closed() { awk -v ports="$ssh_all" '
function covers(i, port) { return from[i] + 0 <= port + 0 && port + 0 <= to[i] + 0 }
function first(range, part) { split(range, part, /[.\/]/); return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4] }
function size(range, part, bits, count) {
  bits = split(range, part, "/") == 2 ? 32 - part[2] : 0
  for (count = 1; bits > 0; bits--) count *= 2
  return count
}
function within(a, b) {
  if (a == b || b == (a ~ /:/ ? "::/0" : "0.0.0.0/0")) return 1
  if (a ~ /:/ || b ~ /:/ || size(a) > size(b)) return 0
  return int(first(a) / size(b)) == int(first(b) / size(b))
}
{ kind[NR] = $1; from[NR] = $2; to[NR] = $3; sub($4 ~ /:/ ? "/128$" : "/32$", "", $4); source[NR] = $4 }
END {
  n = split(ports, port, " ")
  for (p = 1; p <= n; p++) for (i = 1; i <= NR; i++) {
    if (kind[i] != "old" || !covers(i, port[p])) continue
    kept = 0
    for (j = 1; j <= NR; j++) if (kind[j] != "old" && covers(j, port[p]) && within(source[i], source[j])) kept = 1
    if (!kept && !seen[port[p], source[i]]++) print port[p], source[i]
  }
}'; }`;

/** What a script does with rules of an earlier script, and how its firewall says what is accepted. */
interface LockoutCheck {
  /** The ports of SSH that the user gave. */
  readonly sshPorts: readonly number[];
  /** The rules that the script adds. */
  readonly rules: readonly HostRule[];
  /** Lines of shell that define `find_closed`, which pipes old, other and `new_rules` into `closed`, and `advice`, which prints a command. */
  readonly definitions: readonly string[];
}

/**
 * Returns lines of shell that end a script with an error, before anything is changed, if it would remove a rule that accepts SSH and no rule
 * that stays accepts it from the same places. They need `ssh_ports`.
 */
export function lockoutCheck({ sshPorts, rules, definitions }: LockoutCheck): string[] {
  return [
    shellComment('Nothing is changed if only rules that would be removed accept SSH.'),
    `ssh_all=$(echo $(printf '%s\\n' ${sshPorts.join(' ')} $ssh_ports | sort -un))`,
    'new_rules() {',
    "cat <<'END'",
    ...rules.flatMap((rule) => ruleLines(rule, sshPorts)),
    'END',
    '}',
    ...CLOSED.split('\n'),
    ...definitions,
    'found=$(find_closed)',
    'if [ -n "$found" ]; then',
    '  echo "$found" | while read -r port source zone; do',
    '    echo "only a rule that would be removed accepts SSH (port $port) from $source: run $(advice) first; nothing is changed" >&2',
    '  done',
    '  exit 1',
    'fi',
  ];
}

function ruleLines({ direction, port, ranges }: HostRule, sshPorts: readonly number[]): string[] {
  const { protocol, fromPort, toPort } = port;
  const isSsh = sshPorts.some((each) => fromPort <= each && each <= toPort);
  if (direction === 'out' || protocol !== Protocol.TCP || !isSsh) return [];
  return ranges.map((range) => `new ${fromPort} ${toPort} ${String(range)}`);
}
