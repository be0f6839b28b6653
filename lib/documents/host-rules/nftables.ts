import { AddressFamily, isIcmp, Protocol } from '../../net';
import { shellComment } from '../../text';
import type { HostRule, HostRules } from './host-rules';
import { withRowLines } from './rule-text';
import { sshCheck } from './ssh-check';

const TABLE = 'inet cluster_ports';
const INTERPRETER = '#!/usr/sbin/nft -f';
/** What IPv6 needs to find neighbours and routers, and to join groups of them (RFC 4890, section 4.4). */
const NEIGHBOURS =
  'icmpv6 type { mld-listener-query, mld-listener-report, mld-listener-done, nd-router-solicit, nd-router-advert, ' +
  'nd-neighbor-solicit, nd-neighbor-advert, mld2-listener-report } accept';
const FAMILIES = { [AddressFamily.IPV4]: 'ip', [AddressFamily.IPV6]: 'ip6' } as const;
const CHAINS = {
  in: { name: 'input', far: 'saddr', loopback: 'iif' },
  out: { name: 'output', far: 'daddr', loopback: 'oif' },
} as const;

/** What a table allows in addition to documented ports. */
interface NftablesOptions {
  /** The TCP ports of SSH; absent to close it. */
  readonly sshPorts?: readonly number[];
  /** IP ranges of the cluster's pods, from which every packet is accepted. */
  readonly pods: readonly string[];
  /** Why these are most of the internet; absent if they are not. */
  readonly podsReason?: string;
}

/**
 * Renders a shell script that loads a table of its own, which replaces an earlier one in one step. What it does not accept is dropped. With
 * `--print` the script only prints the table, for a file that is loaded when the machine starts.
 */
export function nftablesScript(rules: HostRules, options: NftablesOptions): string {
  const directions = rules.isOutbound ? (['in', 'out'] as const) : (['in'] as const);
  return [
    '#!/bin/sh',
    ...[
      `What the firewall of each machine of ${rules.machines} must allow, from the documents of its products.`,
      `Replaces the table ${TABLE} in one step, and touches no other. Other tables may still drop what it accepts.`,
      'What it does not accept is dropped. Forwarded packets, such as those of pods, are not its business.',
      'With --print, only prints the table for nft -f, and loads nothing.',
      ...rules.remarks.map((remark) => `not accepted: ${remark}`),
    ].map(shellComment),
    'set -eu',
    'table() {',
    "cat <<'END'",
    `table ${TABLE}`,
    `delete table ${TABLE}`,
    `table ${TABLE} {`,
    ...directions.flatMap((direction) => chainLines(direction, rules, options)),
    '}',
    'END',
    '}',
    'if [ "${1-}" = --print ]; then table; exit; fi',
    ...sshCheck(options.sshPorts),
    'table | nft -f -',
    '',
  ].join('\n');
}

/** Renders the script that removes the table. It is not an error if there is none. */
export function nftablesRemoval(): string {
  return [INTERPRETER, `table ${TABLE}`, `delete table ${TABLE}`, ''].join('\n');
}

function chainLines(direction: HostRule['direction'], { rules }: HostRules, options: NftablesOptions): string[] {
  const { name, loopback } = CHAINS[direction];
  const own = direction === 'in' ? ownInbound(options) : ownOutbound();
  const lines = [
    `type filter hook ${name} priority filter; policy drop;`,
    'ct state established,related accept',
    `${loopback} "lo" accept`,
    NEIGHBOURS,
    ...own,
    ...withRowLines(rules.filter((rule) => rule.direction === direction)).flatMap(({ rule, lines: ofRows }) => [
      ...ofRows.map(shellComment),
      ruleLine(rule),
    ]),
  ];
  return [`  chain ${name} {`, ...lines.map((line) => `    ${line}`), '  }'];
}

function ownInbound({ sshPorts, pods, podsReason }: NftablesOptions): string[] {
  const reason = podsReason === undefined ? '' : `: ${podsReason}`;
  return [
    'ip6 saddr fe80::/10 udp dport 546 accept # answers of DHCPv6',
    ...(sshPorts === undefined ? [] : [`tcp dport ${setOf(sshPorts.map(String))} accept # SSH`]),
    ...Object.values(AddressFamily).flatMap((family) => {
      const ranges = pods.filter((range) => range.includes(':') === (family === AddressFamily.IPV6));
      return ranges.length === 0
        ? []
        : [`${FAMILIES[family]} saddr ${setOf(ranges)} accept ${shellComment(`pods${reason}`)}`];
    }),
  ];
}

function ownOutbound(): string[] {
  return ['udp dport { 67, 547 } accept # questions of DHCP'];
}

function ruleLine(rule: HostRule): string {
  const { direction, family, ranges } = rule;
  return `${FAMILIES[family]} ${CHAINS[direction].far} ${setOf(ranges.map(String))} ${matchOf(rule)} accept`;
}

function setOf(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0] : `{ ${texts.join(', ')} }`;
}

/** Returns what the packets of a port have in common. IP protocols are matched by number: names depend on the machine. */
function matchOf({ port }: HostRule): string {
  const { protocol, fromPort, toPort, numbers } = port;
  if (protocol === Protocol.IP) return `meta l4proto ${fromPort}`;
  if (!isIcmp(protocol)) return `${protocol} dport ${numbers}`;
  if (numbers === '') return `meta l4proto ${protocol === Protocol.ICMP ? 'icmp' : 'ipv6-icmp'}`;
  const code = toPort < 0 ? '' : ` ${protocol} code ${toPort}`;
  return `${protocol} type ${fromPort}${code}`;
}
