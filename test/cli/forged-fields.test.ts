import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allTables, allHostnameTables } from '../../lib/products/catalog';
import { tableKey } from '../../lib/tables';
import { cli, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const stacks = synthesizeExamples(path);

type Json = any;
type Step = string | number;

/** One value in the provenance of an example. */
interface Leaf {
  /** What it is, in whichever stack: `peers[tag].hostGroups[].label`. */
  readonly name: string;
  readonly stack: string;
  readonly steps: readonly Step[];
}

const BUNDLED = new Set([...allTables(), ...allHostnameTables()].map(tableKey));

const provenanceOf = (json: Json): Json => json['//'].metadata.clusterPorts;
const stackJson = (stack: string): Json => JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'));
const at = (json: Json, steps: readonly Step[]): Json => steps.reduce((part, step) => part[step], json);

/** Returns what decides about a member of a list or map, so that one of each is enough. */
function sort(list: string, value: Json, key: Step): string {
  if (list === 'peers' || list === 'hostGroups') {
    const selectors = (list === 'peers' ? value.hostGroups : [value]).map(({ selectedBy }: Json) =>
      selectedBy.value.startsWith('sg-')
        ? 'literal sg'
        : selectedBy.value.includes('data.')
          ? 'data sg'
          : selectedBy.kind,
    );
    const isMixed = selectors.length > 0 && value.ranges?.length > 0;
    return `${selectors[0] ?? (value.external === true ? 'external' : 'ranges')}${isMixed ? ' and ranges' : ''}`;
  }
  if (list === 'rows') return BUNDLED.has(value.document) ? (value.supplement ? 'supplement' : 'row') : 'own row';
  if (list === 'documents') return BUNDLED.has(String(key)) ? 'document' : 'own document';
  if (list === 'flows') return value.external === true ? 'external' : '';
  if (list === 'hostnames') {
    const kind = value.filter?.kind ?? 'external';
    return BUNDLED.has(value.document) ? `${kind}${value.supplement ? ', supplement' : ''}` : `${kind}, own`;
  }
  return list === 'warnings' ? value.kind : '';
}

function leavesOf(stack: string): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (value: Json, name: string, steps: Step[], list: string): void => {
    if (typeof value !== 'object' || value === null) {
      leaves.push({ name, stack, steps });
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      const step = Array.isArray(value) ? Number(key) : key;
      const isMember = Array.isArray(value) || list === 'rows' || list === 'documents';
      const place = isMember ? `${name}[${sort(list, member, step)}]` : `${name}.${key}`;
      visit(member, place, [...steps, step], isMember ? '' : key);
    }
  };
  visit(provenanceOf(stackJson(stack)), '', [], '');
  return leaves;
}

const withProvenance = readdirSync(stacks).filter((stack) => provenanceOf(stackJson(stack)) !== undefined);
const LEAVES = [...new Map(withProvenance.flatMap(leavesOf).map((leaf) => [leaf.name, leaf])).values()];

/** What the user chooses, so that nothing in the file can contradict it, with the reason. */
const CHOSEN: readonly [name: RegExp, reason: string][] = [
  [
    /^\.(?:rows\[own row\]|documents\[own document\]|hostnames\[.*, own\])/,
    'a table of the user says what its author says',
  ],
  [/^\.peers\[(?:ranges|external)\]\.label$/, 'Peer.named and ExternalHosts.named take any name'],
  [/^\.peers\[tag and ranges\]\.label$/, 'Peer.anyOf joins the names of its peers, and those of Peer.named are chosen'],
  [
    /^\.peers\[(?:data|literal) sg\](?:\.hostGroups\[.*\])?\.label$/,
    'the option key of an existing security group takes any name',
  ],
  [/^\.peers\[.*\.ipRanges\.ranges/, 'ipRanges says which addresses machines have, which no rule needs to know'],
  [
    /^\.flows\[external\]\.(?:source|destination)$/,
    'only the user knows who needs what behind the firewall of another team',
  ],
  [/\.selectedBy\.egress$/, 'nothing prints it, and the rules that it demands are looked for'],
  [/^\.peers\[external\]\.ranges/, 'only the firewall team knows the addresses behind its firewall'],
  [/\.openToTheWorld\[\]$/, 'the reason to open a port to the world is the word of the user'],
  [
    /^\.(?:flows\[.*\]\.(?:environment|hostname)|(?:flows|omitted)\[.*\]\.construct)$/,
    'ids of constructs, names of installations and DNS names are chosen',
  ],
  [/^\.(?:hostnames|omittedHostnames)\[.*\]\.construct$/, 'ids of constructs are chosen'],
  [/^\.(?:hostnames\[external.*\]|omittedHostnames\[.*\])\.through$/, 'ExternalProxy.named takes any name'],
];

/** What readers take from their own tables, or from the row itself, so that nothing is wrong if it differs. */
const REPLACED = /^\.(?:documents\[document\]\.comparedOn|warnings\[.*\]\.(?:text|facts\.(?:row|prop)))$/;

/** What rules are found by: if it is forged, no flow of it holds. */
const FOUND_BY =
  /\.(?:selectedBy|filter)\.|^\.peers\[(?!external).*\]\.ranges\[|\.rules\.|\.(?:hostname|row)$|\.ports?\[?/;

/** Returns other values for a value: none of them is what the library would write. */
function forgedValues(value: Json): Json[] {
  if (typeof value === 'number') return [value === 0 ? 1 : 0];
  if (typeof value === 'boolean') return [];
  if (/^\d+(?:-\d+)?\/\w+$/.test(value)) return ['4242/tcp'];
  if (/^[\da-f.:]+\/\d+$/.test(value)) return ['192.0.2.42/32'];
  const [, kind = ''] = /^(network tag|security group|service account|network|VPC) /.exec(value) ?? [];
  return [
    'Forged text',
    ...(kind === '' ? [] : [`${kind} forged`]),
    ...(value.startsWith('${') ? ['${data.forged.x.id}'] : []),
  ];
}

const OUTPUTS: readonly (readonly string[])[] = [
  ['matrix', '--format', 'markdown'],
  ['matrix', '--format', 'csv'],
  ['request', '--all'],
  ['request', '--all', '--format', 'markdown'],
  ['request', '--all', '--format', 'csv'],
  ['diagram', '--format', 'mermaid'],
  ['commands'],
  ['show'],
  ['lint'],
];

const FORGED = /forged|4242\/tcp|192\.0\.2\.42/i;
const SHOWN_AS_FALSE =
  /not documented|no rule of this stack; closed: |no: |says "|is false|does not open|does not exist|has no row|false-claim/;

async function outputsOf(file: string, outputs: readonly (readonly string[])[] = OUTPUTS): Promise<string[]> {
  const found: string[] = [];
  for (const [command, ...options] of outputs) {
    const { code, stdout } = await cli([command, file, ...options]);
    if (code === 2) continue;
    const lines = stdout
      .replaceAll('<br/>', ' ')
      .split('\n')
      .filter((line) => FORGED.test(line) && !SHOWN_AS_FALSE.test(line));
    found.push(...lines.map((line) => `${[command, ...options].join(' ')}: ${line}`));
  }
  return found;
}

async function falseClaims(file: string): Promise<string[]> {
  const { code, stdout } = await cli(['lint', file, '--only', 'false-claim', '--format', 'json']);
  return code === 2 ? ['refused'] : JSON.parse(stdout).findings.map(({ message }: Json) => message);
}

const CASES = LEAVES.filter(({ name }) => !CHOSEN.some(([chosen]) => chosen.test(name))).flatMap((leaf) =>
  forgedValues(at(provenanceOf(stackJson(leaf.stack)), leaf.steps)).map((value) => [leaf.name, value, leaf] as const),
);

test('the library itself makes no false claim', async () => {
  expect(await falseClaims(stacks)).toEqual([]);
});

test('every kind of value is forged, and what is chosen exists', () => {
  expect(LEAVES.length).toBeGreaterThan(100);
  for (const [chosen] of CHOSEN) expect(LEAVES.filter(({ name }) => chosen.test(name))).not.toEqual([]);
});

test.each(CASES)('%s is %p: no output repeats it as true', async (name, value, { stack, steps }) => {
  const json = stackJson(stack);
  at(provenanceOf(json), steps.slice(0, -1))[steps.at(-1)!] = value;
  const file = join(path, 'stack.tf.json');
  writeFileSync(file, JSON.stringify(json));
  const claims = await falseClaims(file);
  const isFoundBy = FOUND_BY.test(name);
  const repeated = await outputsOf(file, isFoundBy ? [['matrix', '--format', 'csv'], ['lint']] : OUTPUTS);
  // no rule is for an omitted row, so only the flows between the same peers show that these do not exist
  expect(repeated.filter((line) => !isFoundBy || !line.includes('omitted by '))).toEqual([]);
  if (!REPLACED.test(name)) expect({ name, claims }).not.toEqual({ name, claims: [] });
});
