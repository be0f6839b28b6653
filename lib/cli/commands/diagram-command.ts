import { Command } from 'commander';
import { diagramDot, diagramMermaid, diagramOf, drawSvg } from '../../documents';
import { formatOption, ipRangesOption, outputOption, pathsArgument, stateOption } from '../options';
import { type CliIo, emit } from '../output';
import { type FlowOptions, readPorts } from '../read-flows';

const FORMATS = ['mermaid', 'dot', 'svg'];

interface DiagramOptions extends FlowOptions {
  readonly format: string;
  readonly output?: string;
}

/** Returns the command that draws who talks to whom. */
export function diagramCommand(io: CliIo): Command {
  return new Command('diagram')
    .summary('a picture of who talks to whom')
    .description(
      'Draws who talks to whom: for the Markdown of GitHub and GitLab (mermaid), for Graphviz (dot), or as SVG.',
    )
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMATS))
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports diagram --format svg --output ports.svg')
    .action(async (paths: string[], options: DiagramOptions) => {
      const diagram = diagramOf(readPorts(paths, options, io));
      const { format, output } = options;
      const dot = (): string => diagramDot(diagram);
      const text = format === 'mermaid' ? diagramMermaid(diagram) : format === 'dot' ? dot() : await drawSvg(dot());
      await emit(text, output, io);
    });
}
