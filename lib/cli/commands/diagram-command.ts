import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Option } from 'commander';
import { Command } from 'commander';
import { diagramDot, diagramMermaid, diagramOf, drawSvg, stacksOf } from '../../documents';
import { nearestName, refusal, shown } from '../../input';
import { formatOption, ipRangesOption, outputOption, pathsArgument, repeatedOption, stateOption } from '../options';
import { type CliIo, createDirectory, emit, writeOutput } from '../output';
import { notesAboutOmitted, notesAboutParts, printNotes } from '../notes';
import { type FlowOptions, readAccess, type ReadStacks } from '../read-flows';

const FORMATS = ['mermaid', 'dot', 'svg'];
/** The ending of the files of each format. */
const ENDINGS: Readonly<Record<string, string>> = { mermaid: 'mmd', dot: 'dot', svg: 'svg' };

interface DiagramOptions extends FlowOptions {
  readonly format: string;
  readonly stack: readonly string[];
  readonly output?: string;
}

/** Returns the command that draws who talks to whom. */
export function diagramCommand(io: CliIo): Command {
  return new Command('diagram')
    .summary('a picture of who talks to whom')
    .description(
      'Draws who talks to whom: for the Markdown of GitHub and GitLab (mermaid), for Graphviz (dot), or as SVG. Several stacks are ' +
        'drawn in a frame each, or in a file each if --output is a directory.',
    )
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMATS))
    .addOption(stackOption())
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports diagram --format svg --output ports.svg')
    .action(async (paths: string[], options: DiagramOptions) => {
      const { format, output, stack } = options;
      const read = readAccess(paths, options, io);
      const drawn = ofStacks(read, stack);
      if (output === undefined || !isDirectory(output)) {
        await emit(await rendered(drawn, format), output, io);
      } else {
        await createDirectory(output);
        for (const name of stacksOf([...drawn.flows, ...drawn.undocumented, ...drawn.hostnames])) {
          const own = ofStacks(drawn, [name ?? '']);
          await writeOutput(await rendered(own, format), join(output, fileName(name, format)));
        }
      }
      printNotes(remarksOf(drawn), io);
    });
}

/** Returns the name of the file of a stack. The name of a stack may be any text. */
function fileName(stack: string | undefined, format: string): string {
  return `${(stack ?? 'stack').replace(/[^\w.-]/g, '-')}.${ENDINGS[format]}`;
}

async function rendered(drawn: Drawn, format: string): Promise<string> {
  const { flows, hostnames, undocumented } = drawn;
  const diagram = diagramOf(flows, { hostnames, undocumented, remarks: remarksOf(drawn) });
  if (format === 'mermaid') return diagramMermaid(diagram);
  return format === 'dot' ? diagramDot(diagram) : drawSvg(diagramDot(diagram));
}

/** What is in a picture. */
type Drawn = Pick<ReadStacks, 'flows' | 'hostnames' | 'omitted' | 'undocumented' | 'notEvaluated'>;

/** Returns what a picture does not show. */
function remarksOf({ omitted, notEvaluated }: Drawn): string[] {
  return [...notesAboutOmitted(omitted), ...notesAboutParts(notEvaluated)];
}

/** Returns what is in the given stacks; everything if none is given. */
function ofStacks(read: Drawn, names: readonly string[]): Drawn {
  const known = stacksOf([...read.flows, ...read.undocumented, ...read.hostnames]).map((name) => name ?? '');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, known);
    const need = `must be a stack that opens ports: ${[...known].sort().join(', ')}`;
    throw refusal('--stack', 'stack-unknown', need, shown(unknown), near && shown(near));
  }
  if (names.length === 0) return read;
  const isNamed = ({ stack = '' }: { readonly stack?: string }): boolean => names.includes(stack);
  return {
    flows: read.flows.filter(isNamed),
    hostnames: read.hostnames.filter(isNamed),
    omitted: read.omitted.filter(isNamed),
    undocumented: read.undocumented.filter(isNamed),
    notEvaluated: read.notEvaluated.filter(({ stack }) => stack === undefined || isNamed({ stack })),
  };
}

/** Whether a path is a directory, or ends as one that does not exist yet. */
function isDirectory(path: string): boolean {
  return /[/\\]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function stackOption(): Option {
  return repeatedOption('--stack <name>', 'draws only this stack; may be given more than once', 'all stacks');
}
