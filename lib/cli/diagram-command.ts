import { Command } from 'commander';
import { diagramOf } from '../renderers/diagram';
import { diagramDot } from '../renderers/diagram-dot';
import { diagramMermaid } from '../renderers/diagram-mermaid';
import { drawSvg } from '../renderers/graphviz';
import type { CliIo } from './cli-io';
import { emit } from './emit';
import { addressesOption, formatOption, outputOption, pathsArgument, stateOption } from './options';
import { readPorts, type FlowOptions } from './read-flows';

const FORMS = ['mermaid', 'dot', 'svg'];

interface DiagramOptions extends FlowOptions {
  readonly format: string;
  readonly output?: string;
}

/** The picture of who talks to whom. */
export function diagramCommand(io: CliIo): Command {
  return new Command('diagram')
    .summary('a picture of who talks to whom')
    .description('Draws who talks to whom: for Markdown of GitHub and GitLab (mermaid), for Graphviz (dot), or as svg.')
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMS))
    .addOption(stateOption())
    .addOption(addressesOption())
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
