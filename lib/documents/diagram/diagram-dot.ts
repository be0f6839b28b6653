import { oneLine } from '../../input';
import {
  ARROW_MEANING,
  type ArrowKind,
  type Diagram,
  type DiagramBox,
  type DiagramFrame,
  type DiagramLabel,
  kindsOf,
  type LabelledArrow,
  labelledArrows,
  linesOfWords,
  nothingDrawn,
} from './diagram';

/** The widest of the common fonts, so that text fits its box in every substitute. */
const FONT = 'Verdana';
const LONGEST_LINE = 38;
const INK = '#1f2933';
const FAINT = '#52606d';
const STYLES: Readonly<Record<ArrowKind, { readonly style: string; readonly color: string }>> = {
  managed: { style: 'solid', color: '#1d5fa8' },
  external: { style: 'dashed', color: '#b04a00' },
  supplement: { style: 'dotted', color: '#6b3fa0' },
  'external supplement': { style: 'dotted', color: '#b04a00' },
  'in part': { style: 'dashed', color: '#8a6d00' },
  missing: { style: 'dashed', color: '#b3261e' },
  'not known': { style: 'dashed', color: '#8a6d00' },
  closed: { style: 'dashed', color: '#b3261e' },
  undocumented: { style: 'dashed', color: '#8e0038' },
  routing: { style: 'dashed', color: '#52606d' },
};
const WORLD = { fill: '"#fdecea"', line: '#b3261e' };

/** Renders a diagram for Graphviz. Labels are borderless boxes in the middle of their arrows, so that no line crosses a text. */
export function diagramDot(diagram: Diagram): string {
  const arrows = labelledArrows(diagram);
  return [
    'digraph ports {',
    `  graph [rankdir=TB, nodesep=0.35, ranksep=0.35, pad=0.25, bgcolor=white, fontname="${FONT}", fontsize=11,`,
    `    fontcolor="${FAINT}", labelloc=b, labeljust=l, label=${legend(diagram)}];`,
    `  node [fontname="${FONT}", fontcolor="${INK}"];`,
    `  edge [penwidth=1.4, arrowsize=0.8, fontname="${FONT}", fontsize=10, fontcolor="${INK}"];`,
    ...stackLines(diagram, undefined, arrows),
    ...diagram.stacks.flatMap((stack, at) => [
      `  subgraph cluster_stack${at + 1} {`,
      `    graph [style="rounded", color="${FAINT}", penwidth=1.2, margin=20, labelloc=t, labeljust=l, fontsize=13, fontcolor="${INK}",`,
      `      label=<<B>${html(`stack ${stack}`)}</B>>];`,
      ...stackLines(diagram, stack, arrows).map(indented),
      '  }',
    ]),
    ...arrows.flatMap(arrowLines).map(indented),
    '}',
    '',
  ].join('\n');
}

/** Renders the frames of a stack, and the labels of its arrows that are in no frame. */
function stackLines({ frames }: Diagram, stack: string | undefined, arrows: readonly LabelledArrow[]): string[] {
  return [
    ...frames.flatMap((frame, at) => (frame.stack === stack ? frameLines(frame, at, arrows) : [])),
    ...arrows
      .filter((arrow) => arrow.frame === undefined && arrow.stack === stack)
      .flatMap(labelBoxLines)
      .map(indented),
  ];
}

function frameLines(frame: DiagramFrame, at: number, arrows: readonly LabelledArrow[]): string[] {
  const { title, boxes } = frame;
  if (title === undefined) return boxes.map((box) => `  ${boxLine(box)}`);
  const name = `title${at + 1}`;
  return [
    `  subgraph cluster_${at + 1} {`,
    '    graph [style="rounded,filled", fillcolor="#f3f6f9", color="#9fb3c8", penwidth=1, margin=16, label=""];',
    // arrows would cross a title that Graphviz places
    `    ${name} [shape=plain, fontsize=12, label=<${table(titleLines(title), 'LEFT', 2)}>];`,
    ...boxes.map((box) => `    ${boxLine(box)}`),
    `    { rank=same; ${name} -> ${boxes[0].id} [style=invis]; }`,
    ...arrows
      .filter((arrow) => arrow.frame === frame)
      .flatMap(labelBoxLines)
      .map((line) => indented(indented(line))),
    '  }',
  ];
}

function titleLines(title: readonly string[]): string[] {
  const [first, ...more] = title;
  return [`<B>${html(first)}</B>`, ...more.map((text) => small(text))];
}

function boxLine({ id, name, roles, ranges, isWorld }: DiagramBox): string {
  const { fill, line } = isWorld ? WORLD : { fill: 'white', line: FAINT };
  const lines = [`<B>${html(name)}</B>`, ...[...roles, ...ranges].map((text) => small(text))];
  return `${id} [shape=box, style="rounded,filled", fillcolor=${fill}, color="${line}", penwidth=${isWorld ? 2.4 : 1.2}, margin="0.16,0.08", fontsize=12, label=<${table(lines, 'CENTER', 1)}>];`;
}

/** Sets the size of each line, because Graphviz otherwise reserves the height of its default size. */
function small(text: string, color = FAINT): string {
  return `<FONT POINT-SIZE="10" COLOR="${color}">${html(text)}</FONT>`;
}

/** Renders the box of a label. If the arrow starts and ends at one box, the label has the rank of that box. */
function labelBoxLines({ arrow: { from, to, kind, labels }, id }: LabelledArrow): string[] {
  const meaning = labels.length === 0 ? ARROW_MEANING[kind] : `${ARROW_MEANING[kind]}:`;
  const remark = kind === 'managed' ? [] : [small(meaning, STYLES[kind].color)];
  const text = [...remark, ...labels.flatMap(labelLines)].join('<BR ALIGN="LEFT"/>');
  const box = `${id} [shape=plain, label=<${table([`${text}<BR ALIGN="LEFT"/>`], 'LEFT', 3)}>];`;
  return from === to ? [box, `{ rank=same; ${from}; ${id}; }`] : [box];
}

/** Renders the ports in bold, followed by their purpose. */
function labelLines({ ports, text }: DiagramLabel): string[] {
  const [first = '', ...more] = linesOfWords(oneLine(text), LONGEST_LINE);
  return [`<B>${small(ports, INK)}</B>${small(` ${first}`, INK)}`, ...more.map((line) => small(line, INK))];
}

/** Renders the two halves of an arrow. An arrow that closes a cycle is written backwards, to keep its label between the boxes. */
function arrowLines({ arrow: { from, to, kind }, id, isUpward }: LabelledArrow): string[] {
  const { style, color } = STYLES[kind];
  const line = `style=${style}, color="${color}"`;
  if (from === to) return [`${from} -> ${id} [dir=none, ${line}];`, `${from} -> ${id} [dir=back, ${line}];`];
  return isUpward
    ? [`${to} -> ${id}:n [dir=back, ${line}];`, `${id}:s -> ${from} [dir=none, ${line}];`]
    : [`${from} -> ${id}:n [dir=none, ${line}];`, `${id}:s -> ${to} [${line}];`];
}

function legend(diagram: Diagram): string {
  const kinds = kindsOf(diagram);
  const remarks = diagram.remarks.map(
    (text) => `<TR><TD COLSPAN="${2 * Math.max(1, kinds.length)}" ALIGN="LEFT">${html(text)}</TD></TR>`,
  );
  if (kinds.length === 0 && remarks.length === 0) return `<${html(nothingDrawn(diagram))}>`;
  const cells = kinds.map((kind) => `<TD>${lineSample(kind)}</TD><TD>${html(ARROW_MEANING[kind])}</TD>`);
  const row = cells.length === 0 ? `<TD>${html(nothingDrawn(diagram))}</TD>` : cells.join('');
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="6" CELLPADDING="0"><TR>${row}</TR>${remarks.join('')}</TABLE>>`;
}

function lineSample(kind: ArrowKind): string {
  const { style, color } = STYLES[kind];
  return `<TABLE BORDER="0" CELLSPACING="0" CELLPADDING="0"><TR><TD BORDER="2" SIDES="T" STYLE="${style}" COLOR="${color}" WIDTH="36" HEIGHT="2" FIXEDSIZE="TRUE"></TD></TR></TABLE>`;
}

/** Renders lines as the rows of an HTML-like table. */
function table(lines: readonly string[], align: 'LEFT' | 'CENTER', padding: number): string {
  const rows = lines.map((line) => `<TR><TD ALIGN="${align}">${line}</TD></TR>`).join('');
  return `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="${padding}">${rows}</TABLE>`;
}

function indented(line: string): string {
  return `  ${line}`;
}

/** Escapes text for the HTML-like labels of Graphviz. */
function html(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
