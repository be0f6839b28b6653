import { createHash } from 'node:crypto';
import { isIcmp, Protocol } from '../../net';
import { shellComment, shellWord } from '../../text';
import { closedProtocol } from './closed-protocol';
import type { HostRule, HostRules } from './host-rules';
import { rowNames, withRowLines } from './rule-text';
import { sshCheck } from './ssh-check';

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
 * is. Changes nothing if SSH listens on a port that is not listed. Throws for a port that ufw cannot express.
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
    ...texts.flatMap(({ rule, lines, words }) => [
      ...lines.map(shellComment),
      ...words.map((each) => command(each, `${mark} ${rowNames(rule)}`)),
    ]),
    removeMarked(`grep -v ${shellWord(`comment '${mark} `)}`),
    '',
  ].join('\n');
}

/** Renders the shell script that removes the rules. It is not an error if there are none. */
export function ufwRemoval(): string {
  return ['#!/bin/sh', ...PREAMBLE, removeMarked('cat'), ''].join('\n');
}

/** `ufw show added` prints each rule as the command that added it; the comment is not part of what is deleted. */
function removeMarked(filter: string): string {
  return [
    `LC_ALL=C ufw show added | grep ${shellWord(`^ufw .* comment '${MARK} `)} | ${filter} |`,
    `  sed "s/^ufw //; s/ comment '.*//" |`,
    '  while read -r rule; do ufw --force delete $rule >/dev/null; done',
  ].join('\n');
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
