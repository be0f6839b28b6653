import {
  ARROW_MEANING,
  labelledArrows,
  NOTHING_DRAWN,
  type ArrowKind,
  type Diagram,
  type DiagramBox,
  type DiagramFrame,
  type LabelledArrow,
} from './diagram';
import { oneLine } from './one-line';

/** Lines end where we say. */
const INIT = '%%{init: {"flowchart": {"wrappingWidth": 480}}}%%';
const LINKS: Readonly<Record<ArrowKind, { readonly link: string; readonly line: string; readonly style?: string }>> = {
  ours: { link: '-->', line: '---' },
  external: { link: '-.->', line: '-.-', style: 'stroke-dasharray: 8 4' },
  supplement: { link: '-.->', line: '-.-', style: 'stroke-dasharray: 2 4' },
  'external supplement': { link: '-.->', line: '-.-', style: 'stroke-dasharray: 2 4' },
};
/** As many words as fit on a line. */
const WORDS_OF_A_LINE = /(?! ).{1,48}(?= |$)|\S{1,48}/gu;

/** A link of a picture: one of the two halves of an arrow. */
interface Link {
  readonly text: string;
  readonly style?: string;
}

/** A diagram in Mermaid, as GitHub and GitLab draw it in Markdown. */
export function diagramMermaid(diagram: Diagram): string {
  const arrows = labelledArrows(diagram);
  const links = [...arrows.flatMap(holdsOf), ...arrows.flatMap(linksOf)];
  return [
    INIT,
    'flowchart TB',
    ...(arrows.length === 0 ? [`  nothing["${mermaidText(NOTHING_DRAWN)}"]`] : []),
    ...diagram.frames.flatMap((frame, at) => frameLines(frame, at, arrows)),
    ...arrows.filter(({ frame }) => frame === undefined).map((arrow) => `  ${labelLine(arrow)}`),
    ...links.map(({ text }) => `  ${text}`),
    ...links.flatMap(({ style }, at) => (style === undefined ? [] : [`  linkStyle ${at} ${style}`])),
    ...(arrows.length > 0
      ? ['  classDef plain fill:none,stroke:none', '  classDef title fill:none,stroke:none,font-weight:bold']
      : []),
    '',
  ].join('\n');
}

function frameLines(frame: DiagramFrame, at: number, arrows: readonly LabelledArrow[]): string[] {
  if (frame.title === undefined) return frame.boxes.map((box) => `  ${boxLine(box)}`);
  const labels = arrows.filter((arrow) => arrow.frame === frame).map(labelLine);
  // a title of Mermaid's own would stand where arrows go
  const title = `title${at + 1}["${frame.title.map(mermaidText).join('<br/>')}"]:::title`;
  return [
    `  subgraph frame${at + 1}[" "]`,
    ...[title, ...frame.boxes.map(boxLine), ...labels].map((line) => `    ${line}`),
    '  end',
  ];
}

function boxLine({ id, name, roles, addresses }: DiagramBox): string {
  return `${id}["${[name, ...roles, ...addresses].map(mermaidText).join('<br/>')}"]`;
}

/** An arrow leads to its label and on. */
function linksOf({ arrow: { from, to, kind }, id }: LabelledArrow): Link[] {
  const { link, line, style } = LINKS[kind];
  return [
    { text: `${from} ${line} ${id}`, style },
    { text: `${id} ${link} ${to}`, style },
  ];
}

/**
 * What cannot be seen keeps the label of an arrow that leads up between its boxes, if it comes before all that can: Mermaid has no
 * arrow that is written the other way round.
 */
function holdsOf({ arrow: { from, to }, id, isUpward }: LabelledArrow): Link[] {
  return isUpward ? [{ text: `${to} ~~~ ${id}` }, { text: `${id} ~~~ ${from}` }] : [];
}

/** A label is a box without a border, in the middle of its arrow: so no label is drawn over another. */
function labelLine({ arrow: { kind, labels }, id }: LabelledArrow): string {
  const remark = kind === 'ours' ? [] : [`${ARROW_MEANING[kind]}:`];
  const lines = labels.flatMap(({ ports, text }) => oneLine(`${ports} ${text}`).match(WORDS_OF_A_LINE) ?? []);
  return `${id}["${[...remark, ...lines].map(mermaidText).join('<br/>')}"]:::plain`;
}

/** Text in quotes: everything that Mermaid, its Markdown or the HTML below could take for more is written as its number. */
function mermaidText(text: string): string {
  return oneLine(text)
    .replace(/[^\p{L}\p{N}\p{M}\s.,:/()+-]/gu, numbered)
    .replace(/^\s*(?:[-+]\s|\d+[.)]\s)/, (list) => list.replace(/[-+.)]/, numbered));
}

function numbered(character: string): string {
  return `#${character.codePointAt(0)};`;
}
