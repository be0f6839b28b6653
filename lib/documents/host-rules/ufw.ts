import { createHash } from 'node:crypto';
import { isIcmp, Protocol } from '../../net';
import { shellComment, shellWord } from '../../text';
import { closedProtocol } from './closed-protocol';
import type { HostRule, HostRules } from './host-rules';
import { lockoutCheck } from './lockout-check';
import { rowNames, withRowLines } from './rule-text';
import { findSshPorts, sshCheck } from './ssh-check';

/** The IP protocols that ufw has rules for, by number (`ufw(8)`, "RULE SYNTAX"). */
const PROTOCOLS: Readonly<Record<number, string>> = {
  2: 'igmp',
  41: 'ipv6',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  112: 'vrrp',
};
/** In the comments of rules, so that no other rule is touched. */
const MARK = 'cluster-ports';
const DIGITS = 8;

const PREAMBLE = [
  'set -eu',
  'LC_ALL=C ufw status | grep -q "^Status: active" || { echo "ufw is not active: allow SSH, then enable it" >&2; exit 1; }',
];

/**
 * Renders a shell script that adds rules of their own to ufw, and then removes those of an earlier script. Everything else stays as it
 * is. Changes nothing if SSH listens on a port that is not listed, or would be closed. Throws for a port that ufw cannot express.
 */
export function ufwScript(rules: HostRules, sshPorts: readonly number[] | undefined, place: string): string {
  const texts = withRowLines(rules.rules).map(({ rule, lines }) => ({ rule, lines, words: ruleWords(rule, place) }));
  const content = JSON.stringify(texts.map(({ words }) => words));
  const mark = `${MARK} ${createHash('sha256').update(content).digest('hex').slice(0, DIGITS)}`;
  return [
    '#!/bin/sh',
    ...[
      `What the firewall of each machine of ${rules.machines} must allow, from the documents of its products.`,
      'Adds rules with a comment of their own, then removes those of an earlier script. Everything else stays as it is.',
      ...rules.remarks.map((remark) => `not accepted: ${remark}`),
    ].map(shellComment),
    ...PREAMBLE,
    ...sshCheck(sshPorts),
    ...lockoutLines(sshPorts, rules.rules),
    ...texts.flatMap(({ rule, lines, words }) => [
      ...lines.map(shellComment),
      ...words.map((each) => command(each, `${mark} ${rowNames(rule)}`)),
    ]),
    removeMarked(`grep -v ${shellWord(` # ${mark} `)}`),
    '',
  ].join('\n');
}

/**
 * Renders the shell script that removes the rules. It is not an error if there are none. Changes nothing if SSH would be closed, at a port that
 * is given or on which it listens.
 */
export function ufwRemoval(sshPorts: readonly number[] | undefined): string {
  return [
    '#!/bin/sh',
    ...PREAMBLE,
    ...(sshPorts === undefined ? [] : findSshPorts()),
    ...lockoutLines(sshPorts, []),
    removeMarked('cat'),
    '',
  ].join('\n');
}

/** Rules are deleted by number, one after the other: the words of a rule for IPv4 from everywhere also delete that of IPv6. */
function removeMarked(filter: string): string {
  return [
    'marked() {',
    `  LC_ALL=C ufw status numbered | grep ${shellWord(`^[^#]* # ${MARK} `)} | ${filter} | sed -n '1s/^\\[ *\\([0-9]*\\)].*/\\1/p'`,
    '}',
    'while number=$(marked) && [ -n "$number" ]; do ufw --force delete "$number" >/dev/null; done',
  ].join('\n');
}

/** Turns what ufw lists into lines of accepted TCP ports. Rules for one interface or for one address of the machine do not count. */
const ACCEPTED = String.raw`find_closed() { { LC_ALL=C ufw status verbose | awk '
/^Default: allow \(incoming\)/ { print "other 0 65535 0.0.0.0/0"; print "other 0 65535 ::/0" }
match($0, / (ALLOW|LIMIT) IN +/) {
  kind = /^[^#]* # ${MARK} / ? "old" : "other"
  to = substr($0, 1, RSTART); source = substr($0, RSTART + RLENGTH)
  sub(/ +#.*/, "", source); sub(/ +$/, "", source)
  family = to source ~ /\(v6\)/ ? "::/0" : "0.0.0.0/0"
  sub(/ on .*/, " on", to); sub(/ \(.*\)/, "", to); sub(/ +$/, "", to); sub(/ \(v6\)/, "", source)
  sub(/\/tcp$/, "", to); sub(/\/tcp$/, "", source)
  if (to source ~ / / || to ~ /\// || source ~ /\/[a-z]+$/) next
  n = split(to == "Anywhere" ? "0:65535" : to, ports, ",")
  for (i = 1; i <= n; i++) {
    if (split(ports[i], ends, ":") == 1) ends[2] = ends[1]
    print kind, ends[1], ends[2], (source == "Anywhere" ? family : source)
  }
}'; new_rules; } | closed; }
advice() {
  case $source in
    0.0.0.0/0 | ::/0) echo "ufw allow $port/tcp" ;;
    *) echo "ufw allow proto tcp from $source to any port $port" ;;
  esac
}`;

function lockoutLines(sshPorts: readonly number[] | undefined, rules: readonly HostRule[]): string[] {
  return sshPorts === undefined ? [] : lockoutCheck({ sshPorts, rules, definitions: ACCEPTED.split('\n') });
}

/** Returns the words of a rule for each of its far ends. */
function ruleWords(rule: HostRule, place: string): string[][] {
  const { direction, ranges } = rule;
  const { protocol, port } = matchOf(rule, place);
  const ports = port === undefined ? [] : ['port', port];
  return ranges.map((range) =>
    direction === 'in'
      ? ['allow', 'in', 'proto', protocol, 'from', String(range), 'to', 'any', ...ports]
      : ['allow', 'out', 'proto', protocol, 'from', 'any', 'to', String(range), ...ports],
  );
}

function matchOf(rule: HostRule, place: string): { protocol: string; port?: string } {
  const { protocol, fromPort, numbers } = rule.port;
  if (protocol === Protocol.TCP || protocol === Protocol.UDP) return { protocol, port: numbers.replace('-', ':') };
  const name = protocol === Protocol.IP ? PROTOCOLS[fromPort] : undefined;
  if (name === undefined || isIcmp(protocol)) throw closedProtocol(rule, 'ufw', place);
  return { protocol: name };
}

function command(words: readonly string[], comment: string): string {
  // a quote would end the comment in what ufw prints
  return ['ufw', ...words, 'comment', comment.replace(/'/g, '')].map(shellWord).concat('>/dev/null').join(' ');
}
