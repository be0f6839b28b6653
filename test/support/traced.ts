import type { TerraformStack } from 'cdktf';
import { readStack, type TracedStack } from '../../lib/model/read-stack';
import { parseCidr } from '../../lib/model/cidr';
import { Basis } from '../../lib/model/basis';
import { Port } from '../../lib/model/port';
import type { TerraformState } from '../../lib/model/terraform-state';
import type { TracedFlow, TracedPeer } from '../../lib/model/traced-flow';
import type { TracedHostname } from '../../lib/model/traced-host';

/** A stack as programs read it that were given its `cdk.tf.json`. */
export function readBack(stack: TerraformStack, state?: TerraformState): TracedStack {
  return readStack('cdk.tf.json', JSON.parse(JSON.stringify(stack.toTerraform())), state);
}

/** A peer of a name and ranges. */
export function peer(label: string, ...ranges: string[]): TracedPeer {
  return {
    label,
    ranges: ranges.map((range) => parseCidr(range, 'test')),
    references: [],
    hostGroups: [],
    external: false,
    openToTheWorld: [],
  };
}

/** A flow in which only what a test is about is said. */
export function flow(said: Partial<TracedFlow> = {}): TracedFlow {
  return {
    stack: 'stack',
    rowKey: 'table@2024-12/client-to-server/web',
    row: 'web',
    port: Port.tcp(443),
    sourceRole: { id: 'client', title: 'Clients' },
    destinationRole: { id: 'server', title: 'Servers' },
    source: peer('office', '10.1.0.0/16'),
    destination: peer('servers', '10.2.0.0/28'),
    document: {
      key: 'table@2024-12',
      title: 'Ports',
      reference: 'https://example.com/ports',
      edition: '2024-12',
      comparedOn: '2026-11-21',
    },
    section: 'Web',
    basis: Basis.TABLE,
    description: 'The web server',
    external: true,
    constructPath: 'stack/web',
    rules: [],
    ...said,
  };
}

/** A host in which only what a test is about is said. */
export function host(said: Partial<TracedHostname> = {}): TracedHostname {
  return {
    stack: 'stack',
    row: 'packages',
    hostname: 'packages.example.com',
    ports: [Port.tcp(443)],
    basis: Basis.INFERRED,
    document: flow().document,
    section: 'Hosts',
    through: 'proxy-berlin',
    external: true,
    constructPath: 'stack/hosts',
    rules: [],
    ...said,
  };
}

/** A host in which every text that a user or a document gives is this one. */
export function hostileHost(text: string): TracedHostname {
  const { document, constructPath, stack } = hostileFlow(text);
  const texts = { row: text, hostname: text, section: text, remark: text, supplement: text, through: text };
  return host({ ...texts, document, constructPath, stack });
}

/** Names and texts that other programs could take for more than text. */
export const HOSTILE = [
  'two\nlines',
  'say "hi"',
  "it's",
  '=cmd|calc!A0',
  ' +1',
  '<script>alert(1)</script>',
  '`id`',
  '$(id); rm -rf "$HOME" & echo \\',
  'a | b',
  '[x](javascript:alert(1)) ![y](z)',
  '${aws_vpc.x.id} %{ if true }',
  '\u001b[31mred\u202eder\u2028',
  '--> end; subgraph x',
  '&lt;b&gt; #35;',
  '---\nSOURCE:\n0.0.0.0/0',
];

/** A flow in which every text that a user or a document gives is this one. */
export function hostileFlow(text: string): TracedFlow {
  return flow({
    stack: text,
    rowKey: text,
    row: text,
    sourceRole: { id: text, title: text },
    destinationRole: { id: `${text} 2`, title: text },
    source: { ...peer(text, '10.1.0.0/16'), references: [text], openToTheWorld: [text] },
    destination: { ...peer(`${text} 2`), hostGroups: [{ cloud: text, label: text, network: text }] },
    document: { key: text, title: text, reference: text, edition: text, checkedFor: [text], comparedOn: text },
    section: text,
    description: text,
    purpose: text,
    supplement: text,
    environment: text,
    constructPath: text,
  });
}
