import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { EXAMPLES } from '../../examples/all';
import { pageOf, type Pages } from './pages';
import { ROOT } from './repository';

const PROGRAM = join(ROOT, 'dist/bin/cluster-ports.js');
const LONGEST_OUTPUT = 60;

/** The runs that the page of each command shows, in the folder with the stacks below. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  request: [
    'request cdktf.out',
    'request cdktf.out --format markdown',
    'request cdktf.out --since before --ticket NET-42',
  ],
  matrix: ['matrix cdktf.out'],
  diagram: ['diagram cdktf.out --format mermaid'],
  report: ['report cdktf.out --output report.html'],
  commands: ['commands gcp'],
  'host-rules': ['host-rules linux --role control-plane --for nftables'],
  manifests: ['manifests pods --directory manifests'],
  verify: ['verify cdktf.out --role worker --for script'],
  show: ['show gcp'],
  diff: ['diff before cdktf.out'],
  explain: [
    'explain cdktf.out --from 10.20.1.7 --to mongodb-berlin --port 25080/tcp',
    'explain gcp --from 203.0.113.7 --to tag:prometheus --port 22/tcp',
  ],
  lint: ['lint cdktf.out --fail-on error'],
  cover: ['cover gcp --product vcluster-platform --product prometheus-cost-metrics'],
  products: ['products'],
  ports: ['ports rke2 --cni cilium'],
  who: ['who 8472/udp'],
};

/** Folders of stacks in which the commands run. */
const STACKS = {
  'cdktf.out': 'apinizer-hybrid',
  gcp: 'vcluster-platform-on-gke',
  linux: 'kubeadm-on-premises',
  pods: 'vcluster-platform-network-policies',
} as const satisfies Readonly<Record<string, keyof typeof EXAMPLES>>;

/** Returns a page per command, with its help and what it prints, and their index. */
export function commandPages(): Pages {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-site-'));
  try {
    for (const [folder, id] of Object.entries(STACKS)) synthesize(join(directory, folder), id);
    synthesize(join(directory, 'before'), 'apinizer-hybrid', 'data-stores');
    const pages = Object.keys(RUNS).map((command): [string, string] => [
      `commands/${command}.md`,
      commandPage(command, directory),
    ]);
    return { ...Object.fromEntries(pages), 'commands/index.md': indexPage(directory) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Synthesizes an example, without one of its constructs if that is asked for. */
function synthesize(outdir: string, id: keyof typeof EXAMPLES, without?: string): void {
  const app = new App({ outdir });
  const stack = new EXAMPLES[id](app, id);
  if (without !== undefined) stack.node.tryRemoveChild(without);
  app.synth();
}

function commandPage(command: string, directory: string): string {
  const help = run(`${command} --help`, directory);
  const runs = RUNS[command].flatMap((line) => [`### \`cluster-ports ${line}\``, run(line, directory)]);
  return [`# cluster-ports ${command}`, help, '## What it prints', whatIsThere(), ...runs].join('\n\n');
}

function whatIsThere(): string {
  const folders = Object.entries(STACKS).map(
    ([folder, id]) => `\`${folder}\` has [${id}](/${pageOf(`examples/${id}.ts`)})`,
  );
  return `The stacks are examples of the repository: ${folders.join(', ')}; \`before\` has an earlier state of the first.`;
}

function indexPage(directory: string): string {
  const links = Object.keys(RUNS).map((command) => `- [\`${command}\`](/commands/${command}.md)`);
  return ['# Commands', run('--help', directory), ...links].join('\n');
}

/** Runs the command line, and returns what it prints as a block. A long output is cut, and says so. */
function run(line: string, cwd: string): string {
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { cwd, encoding: 'utf8' });
  if (status === 2) throw new Error(`cluster-ports ${line}: ${stderr}`);
  const lines = `${stdout}${stderr}`.trimEnd().split('\n');
  const shown = lines.slice(0, LONGEST_OUTPUT);
  const rest = lines.length > shown.length ? [`... ${lines.length - shown.length} more lines`] : [];
  const code = status === 0 ? [] : [`(exit code ${status})`];
  return ['````text', ...shown, ...rest, ...code, '````'].join('\n');
}
