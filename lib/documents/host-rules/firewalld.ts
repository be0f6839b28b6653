import { isIcmp, Protocol } from '../../net';
import { shellComment } from '../../text';
import { closedProtocol } from './closed-protocol';
import { FIREWALLD_LOCKOUT } from './firewalld-lockout';
import type { HostRule, HostRules } from './host-rules';
import { lockoutCheck } from './lockout-check';
import { withRowLines } from './rule-text';
import { findSshPorts, sshCheck } from './ssh-check';

/** firewalld evaluates policies with a negative priority before zones. */
const PRIORITY = -10;
const FOLDER = '/etc/firewalld/policies';
const POLICIES = {
  in: { name: 'cluster-ports-in', from: 'ANY', to: 'HOST' },
  out: { name: 'cluster-ports-out', from: 'HOST', to: 'ANY' },
} as const;
/** ICMP types that firewalld knows by name and that documents have. */
const TYPES: Readonly<Record<string, string>> = {
  '0/icmp': 'echo-reply',
  '8/icmp': 'echo-request',
  '128/icmpv6': 'echo-request',
  '129/icmpv6': 'echo-reply',
};

/**
 * Renders a shell script that writes policies of their own for firewalld and reloads it. Zones stay as they are, and decide about
 * everything else. Changes nothing if SSH would be closed. Throws for a port that firewalld cannot express.
 */
export function firewalldScript(rules: HostRules, sshPorts: readonly number[] | undefined, place: string): string {
  const directions = rules.isOutbound ? (['in', 'out'] as const) : (['in'] as const);
  return [
    '#!/bin/sh',
    ...[
      `What the firewall of each machine of ${rules.machines} must allow, from the documents of its products.`,
      'Replaces policies of its own and reloads firewalld. Zones stay as they are, and decide about everything else.',
      'A reload forgets what was changed at run time only.',
      ...rules.remarks.map((remark) => `not accepted: ${remark}`),
    ].map(shellComment),
    ...PREAMBLE,
    ...sshCheck(sshPorts),
    ...lockoutLines(sshPorts, rules.rules),
    ...directions.flatMap((direction) => policyLines(direction, rules, place)),
    ...(rules.isOutbound ? [] : [removal('out')]),
    'firewall-cmd --check-config >/dev/null',
    'firewall-cmd --reload >/dev/null',
    '',
  ].join('\n');
}

/**
 * Renders the shell script that removes the policies. It is not an error if there are none. Changes nothing if SSH would be closed, at a port
 * that is given or on which it listens.
 */
export function firewalldRemoval(sshPorts: readonly number[] | undefined): string {
  return [
    '#!/bin/sh',
    ...PREAMBLE,
    ...(sshPorts === undefined ? [] : findSshPorts()),
    ...lockoutLines(sshPorts, []),
    removal('in'),
    removal('out'),
    'firewall-cmd --reload >/dev/null',
    '',
  ].join('\n');
}

const PREAMBLE = [
  'set -eu',
  'firewall-cmd --state >/dev/null 2>&1 || { echo "firewalld is not running" >&2; exit 1; }',
];

function lockoutLines(sshPorts: readonly number[] | undefined, rules: readonly HostRule[]): string[] {
  if (sshPorts === undefined) return [];
  return [
    `zones=$({ firewall-cmd --get-default-zone; firewall-cmd --get-active-zones | sed -n 's/^\\([^ ][^ ]*\\).*/\\1/p'; } | sort -u)`,
    ...lockoutCheck({ sshPorts, rules, definitions: FIREWALLD_LOCKOUT }),
    ...RELOAD_CHECK,
  ];
}

/** Ends the script if a zone accepts SSH only at run time, because a reload forgets this. */
const RELOAD_CHECK = [
  'has_port() {',
  '  firewall-cmd $3 --zone="$1" --query-port="$2/tcp" >/dev/null 2>&1 ||',
  '    { [ "$2" = 22 ] && firewall-cmd $3 --zone="$1" --query-service=ssh >/dev/null 2>&1; }',
  '}',
  'for zone in $zones; do',
  '  for port in $ssh_all; do',
  '    if has_port "$zone" "$port" "" && ! has_port "$zone" "$port" --permanent; then',
  '      echo "zone $zone accepts SSH (port $port) only until the next reload: run firewall-cmd --runtime-to-permanent first" >&2; exit 1',
  '    fi',
  '  done',
  'done',
];

function removal(direction: HostRule['direction']): string {
  return `rm -f ${FOLDER}/${POLICIES[direction].name}.xml`;
}

/** Writes the file of a policy beside its place and renames it, so that firewalld never reads half of it. */
function policyLines(direction: HostRule['direction'], { rules }: HostRules, place: string): string[] {
  const { name, from, to } = POLICIES[direction];
  const file = `${FOLDER}/${name}.xml`;
  return [
    `mkdir -p ${FOLDER}`,
    `cat >${file}.new <<'END'`,
    '<?xml version="1.0" encoding="utf-8"?>',
    `<policy target="CONTINUE" priority="${PRIORITY}">`,
    `  <ingress-zone name="${from}"/>`,
    `  <egress-zone name="${to}"/>`,
    ...withRowLines(rules.filter((rule) => rule.direction === direction)).flatMap(({ rule, lines }) => [
      ...lines.map((line) => `  <!-- ${xmlComment(line)} -->`),
      ...ruleLines(rule, place),
    ]),
    '</policy>',
    'END',
    `mv ${file}.new ${file}`,
  ];
}

function ruleLines(rule: HostRule, place: string): string[] {
  const { direction, family, ranges } = rule;
  const element = direction === 'in' ? 'source' : 'destination';
  const match = matchOf(rule, place);
  return ranges.map(
    (range) => `  <rule family="${family}"><${element} address="${String(range)}"/>${match}<accept/></rule>`,
  );
}

function matchOf(rule: HostRule, place: string): string {
  const { protocol, fromPort, numbers } = rule.port;
  if (protocol === Protocol.IP) return `<protocol value="${fromPort}"/>`;
  if (!isIcmp(protocol)) return `<port port="${numbers}" protocol="${protocol}"/>`;
  if (numbers === '') return `<protocol value="${protocol === Protocol.ICMP ? 'icmp' : 'ipv6-icmp'}"/>`;
  const name = TYPES[String(rule.port)];
  if (name === undefined) throw closedProtocol(rule, 'firewalld', place);
  return `<icmp-type name="${name}"/>`;
}

/** Two hyphens would end a comment of XML. */
function xmlComment(text: string): string {
  return text.replace(/--+/g, '-').replace(/-$/, '');
}
