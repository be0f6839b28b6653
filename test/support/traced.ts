import type { TerraformStack } from 'cdktf';
import { parseCidr } from '../../lib/net/cidr';
import { Port } from '../../lib/net/port';
import { readStack, type TracedStack } from '../../lib/provenance/read-stack';
import type { TerraformState } from '../../lib/provenance/terraform-state';
import type { TracedFlow, TracedHostname, TracedPeer } from '../../lib/provenance/traced-flow';
import { Basis } from '../../lib/tables/port-table';

/** Returns a stack as it is read from its `cdk.tf.json`. */
export function readBack(stack: TerraformStack, state?: TerraformState): TracedStack {
  return readStack('cdk.tf.json', JSON.parse(JSON.stringify(stack.toTerraform())), state);
}

/** Returns a peer with a label and IP ranges. */
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

/** Returns a flow with the given members; the other members have ordinary values. */
export function flow(given: Partial<TracedFlow> = {}): TracedFlow {
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
    ...given,
  };
}

/** Returns a hostname with the given members; the other members have ordinary values. */
export function tracedHostname(given: Partial<TracedHostname> = {}): TracedHostname {
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
    ...given,
  };
}

/** Returns a hostname in which every text from a user or a document is this one. */
export function hostileHostname(text: string): TracedHostname {
  const { document, constructPath, stack } = hostileFlow(text);
  const texts = { row: text, hostname: text, section: text, remark: text, supplement: text, through: text };
  return tracedHostname({ ...texts, document, constructPath, stack });
}

/** Texts that a shell, a spreadsheet, Markdown or Terraform could interpret. */
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

/** Returns a flow in which every text from a user or a document is this one. */
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
    documentedPort: Port.tcp(8443),
    impact: text,
    versions: { [text]: text },
    environment: text,
    constructPath: text,
  });
}
