import {
  ARROW_MEANING,
  kindsOf,
  type ArrowKind,
  type Diagram,
  type DiagramArrow,
  type DiagramBox,
  type DiagramFrame,
  type DiagramLabel,
} from './diagram';
import { oneLine } from './one-line';

/** The widest of the fonts that are everywhere: where another one is drawn, text never runs out of its place. */
const FONT = 'Verdana';
/** As many words as fit on a line. */
const WORDS_OF_A_LINE = /(?! ).{1,38}(?= |$)|\S{1,38}/gu;
const INK = '#1f2933';
const FAINT = '#52606d';
/** Between an arrow and its label. */
const GAP = '&#160;';
const STYLES: Readonly<Record<ArrowKind, { readonly style: string; readonly color: string }>> = {
  ours: { style: 'solid', color: '#1d5fa8' },
  external: { style: 'dashed', color: '#b04a00' },
  supplement: { style: 'dotted', color: '#6b3fa0' },
  'external supplement': { style: 'dotted', color: '#b04a00' },
};

/** A diagram for Graphviz. */
export function diagramDot(diagram: Diagram): string {
  return [
    'digraph ports {',
    '  graph [rankdir=TB, nodesep=0.7, ranksep=0.9, pad=0.3, bgcolor=white, labelloc=b, labeljust=l,',
    `    fontname="${FONT}", fontsize=11, fontcolor="${FAINT}", label=${legend(diagram)}];`,
    `  node [shape=box, style="rounded,filled", fillcolor=white, color="${FAINT}", penwidth=1.2, margin="0.2,0.12",`,
    `    fontname="${FONT}", fontsize=12, fontcolor="${INK}"];`,
    `  edge [penwidth=1.4, arrowsize=0.8, fontname="${FONT}", fontsize=10, fontcolor="${INK}"];`,
    ...diagram.frames.flatMap((frame, at) => frameLines(frame, at, diagram.arrows)),
    ...diagram.arrows.map(arrowLine),
    '}',
    '',
  ].join('\n');
}

function frameLines({ title, boxes }: DiagramFrame, at: number, arrows: readonly DiagramArrow[]): string[] {
  if (title === undefined) return boxes.map((box) => `  ${boxLine(box)}`);
  // Graphviz leaves too little room for the labels of arrows that lead back to their box
  const hasLoop = arrows.some(({ from, to }) => from === to && boxes.some(({ id }) => id === from));
  return [
    `  subgraph cluster_${at + 1} {`,
    `    graph [style="rounded,filled", fillcolor="#f3f6f9", color="#9fb3c8", penwidth=1, margin=${hasLoop ? 40 : 18}, labelloc=b, labeljust=l,`,
    `      fontsize=12, fontcolor="${FAINT}", label=<<B>${html(title)}</B>>];`,
    ...boxes.map((box) => `    ${boxLine(box)}`),
    '  }',
  ];
}

function boxLine({ id, name, roles, addresses }: DiagramBox): string {
  const small = (text: string): string => `<FONT POINT-SIZE="10" COLOR="${FAINT}">${html(text)}</FONT>`;
  return `${id} [label=<${[`<B>${html(name)}</B>`, ...[...roles, ...addresses].map(small)].join('<BR/>')}>];`;
}

/** The first line says what the arrow means, where it is not the usual. */
function arrowLine({ from, to, kind, labels }: DiagramArrow): string {
  const { style, color } = STYLES[kind];
  const remark = kind === 'ours' ? [] : [`<FONT COLOR="${color}">${html(ARROW_MEANING[kind])}:</FONT>`];
  const lines = [...remark, ...labels.flatMap(labelLines)].map((line) => `${GAP}${line}${GAP}<BR ALIGN="LEFT"/>`);
  return `  ${from} -> ${to} [style=${style}, color="${color}", label=<${lines.join('')}>];`;
}

/** The ports stand out from what they are for. What does not fit on the line begins, like all lines, with a font of its own. */
function labelLines({ ports, text }: DiagramLabel): string[] {
  const [first = '', ...more] = oneLine(text).match(WORDS_OF_A_LINE) ?? [];
  return [`<B>${html(ports)}</B> ${html(first)}`, ...more.map((line) => `<FONT COLOR="${INK}">${html(line)}</FONT>`)];
}

function legend(diagram: Diagram): string {
  const kinds = kindsOf(diagram).map((kind) => `${STYLES[kind].style} line: ${ARROW_MEANING[kind]}`);
  return `<${html(kinds.join('   '))}>`;
}

/** Text as Graphviz reads it in labels that are like HTML. */
function html(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
