import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, synthesizeExamples, temporaryDirectory } from '../support/cli';
import { rendered } from '../support/markdown';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const HYBRID = readFileSync(join(stacks, 'apinizer-hybrid/cdk.tf.json'), 'utf8');

/** What must not reach a terminal, but for the ends of lines. */
const OBEYED = /[^\P{Cc}\n]|[\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const TEXTS = [
  '\u001b[2J\u009b31m\u007f\r\n\u0007',
  'a\u202eb\u2066c\u200bd\ufeffe',
  '@org/team #12 GH-12 :tada: https://example.com www.example.com <b> | `x` a5c3785',
  '<script>alert(1)</script> ![x](//example.com) --> ]]> `` ` \\| #1 !2 ~x **x** $(id) `id` \u001b]8;;http://x\u0007',
];

/** Returns a foreign configuration in which every text is this one: addresses, names, descriptions, tags and hostnames. */
function foreign(text: string, range: string): string {
  const escaped = text.replace(/([$%])\{/g, '$1$1{');
  return JSON.stringify({
    resource: {
      aws_security_group: {
        [text]: { name: escaped, description: escaped, vpc_id: escaped, tags: { [escaped]: escaped } },
        other: {
          name: 'other',
          ingress: [{ from_port: 80, to_port: 80, protocol: 'tcp', cidr_blocks: [range], description: escaped }],
        },
      },
      aws_vpc_security_group_ingress_rule: {
        [text]: {
          security_group_id: `\${aws_security_group.other.id}`,
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_ipv4: range,
          description: escaped,
        },
        [`${text} unknown`]: {
          security_group_id: `\${aws_security_group.other.id}`,
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_ipv4: `\${lookup(var.x, ${JSON.stringify(text)})}`,
        },
      },
      google_compute_firewall: {
        [text]: {
          name: escaped,
          network: escaped,
          description: escaped,
          source_tags: [escaped],
          target_tags: [escaped],
          allow: [{ protocol: 'tcp', ports: ['22'] }],
        },
      },
      [`x_firewall_${text}`]: { [text]: { name: escaped } },
    },
  });
}

/** Returns the hybrid example with this text in its names and descriptions, and with its external hosts on this machine. */
function hybrid(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  const json = JSON.parse(HYBRID.replaceAll(/elasticsearch-berlin|Elasticsearch/g, () => escaped));
  const { flows, peers } = json['//'].metadata.clusterPorts;
  for (const peer of peers) if (peer.external) peer.ranges = ['127.0.0.1/32'];
  for (const flow of flows) if (/\/(?:mongodb|elasticsearch)$/.test(flow.row)) flow.port = '1/tcp';
  return JSON.stringify(json);
}

describe.each(TEXTS)('foreign text such as %j', (text) => {
  const before = file('before.tf.json', foreign(text, '10.0.0.0/8'));
  const after = file('after.tf.json', foreign(text, '0.0.0.0/0'));
  const commands = [
    ['show', after],
    ['diff', before, after],
    ['lint', after],
    ['explain', after, '--from', '10.0.0.1', '--to', 'other', '--port', '443/tcp'],
    ['explain', after, '--from', text, '--to', text, '--port', '443/tcp'],
  ];

  test.each(commands)('reaches no terminal as more than text: %s', async (...argv) => {
    for (const format of ['table', 'markdown', 'json']) {
      const { stdout, stderr } = await cli([...argv, '--format', format]);
      expect(stdout + stderr).not.toBe('');
      expect(stdout + stderr).not.toMatch(OBEYED);
      if (format === 'markdown') expect(rendered(stdout).active).toEqual([]);
    }
  });

  test('is escaped in errors about files, options and arguments', async () => {
    for (const argv of [
      ['show', join(path, text)],
      ['show', after, `--${text}`],
      ['show', after, '--format', text],
      [text],
      ['matrix', after, '--ip-ranges', text],
      ['explain', after, '--from', '10.0.0.1', '--to', 'other', '--port', text],
      ['show', file('broken.json', `{"a": "${text}`)],
    ]) {
      const { code, stderr } = await cli(argv);
      expect(code).toBe(2);
      expect(stderr).not.toMatch(OBEYED);
    }
  });

  test('reaches no terminal from the texts of a stack of this library', async () => {
    const stack = file('stack.tf.json', hybrid(text));
    for (const argv of [
      ['matrix', '--format', 'table'],
      ['matrix', '--format', 'markdown'],
      ['matrix', '--format', 'csv'],
      ['matrix', '--format', 'json'],
      ['request', '--format', 'text'],
      ['request', '--format', 'markdown'],
      ['request', '--format', 'csv'],
      ['request', '--all'],
      ['diagram', '--format', 'mermaid'],
      ['diagram', '--format', 'dot'],
      ['diagram', '--format', 'svg'],
      ['commands'],
      ['verify', '--as', 'worker', '--script'],
      ['verify', '--as', 'worker', '--accept', 'refused'],
      ['verify', '--as', 'worker', '--accept', 'refused', '--format', 'json'],
      ['verify', '--as', 'worker', '--accept', 'refused', '--format', 'junit'],
    ]) {
      const { code, stdout, stderr } = await cli([...argv, stack]);
      expect({ code, stderr: stderr.replace(/^note: .*\n/, '') }).toEqual({ code: 0, stderr: '' });
      expect(stdout.replaceAll('\r\n', '\n') + stderr).not.toMatch(OBEYED);
      // the JSON of verify names only endpoints
      if (!(argv.includes('verify') && argv.includes('json'))) expect(stdout).toMatch(/2J|202e|org\/team|alert/);
      if (argv.includes('markdown')) expect(rendered(stdout).active).toEqual([]);
      if (argv.includes('svg') || argv.includes('junit')) expect(stdout).not.toMatch(/<script|<b>|]]>/);
    }
  });

  test('reaches no terminal from commands that find no flows of this library in a foreign stack', async () => {
    for (const argv of [['matrix'], ['request'], ['diagram'], ['commands'], ['verify', '--as', text]]) {
      const { stdout, stderr } = await cli([...argv, after]);
      expect(stdout + stderr).not.toMatch(OBEYED);
    }
  });
});
