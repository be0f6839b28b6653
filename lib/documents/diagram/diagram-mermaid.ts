import { oneLine } from '../../input';
import {
  ARROW_MEANING,
  type ArrowKind,
  type Diagram,
  type DiagramBox,
  type DiagramFrame,
  type LabelledArrow,
  labelledArrows,
  linesOfWords,
  nothingDrawn,
} from './diagram';

/** Wider than every line, so that Mermaid does not wrap them. */
const INIT = '%%{init: {"flowchart": {"wrappingWidth": 480}}}%%';
const LINKS: Readonly<Record<ArrowKind, { readonly link: string; readonly line: string; readonly style?: string }>> = {
  managed: { link: '-->', line: '---' },
  external: { link: '-.->', line: '-.-', style: 'stroke-dasharray: 8 4' },
  supplement: { link: '-.->', line: '-.-', style: 'stroke-dasharray: 2 4' },
  'external supplement': { link: '-.->', line: '-.-', style: 'stroke-dasharray: 2 4' },
  'in part': { link: '-.->', line: '-.-', style: 'stroke-dasharray: 1 6' },
  missing: { link: '-.->', line: '-.-', style: 'stroke-dasharray: 1 6' },
  'not known': { link: '-.->', line: '-.-', style: 'stroke-dasharray: 1 6' },
  closed: { link: '-.->', line: '-.-', style: 'stroke-dasharray: 1 6' },
  undocumented: { link: '==>', line: '===', style: 'stroke-dasharray: 6 3,stroke-width: 3px' },
  routing: { link: '-.->', line: '-.-', style: 'stroke-dasharray: 8 4' },
};
const LONGEST_LINE = 48;

/** One of the two halves of an arrow. */
interface Link {
  readonly text: string;
  readonly style?: string;
}

/** Renders a diagram in Mermaid, which GitHub and GitLab draw in Markdown. */
export function diagramMermaid(diagram: Diagram): string {
  const arrows = labelledArrows(diagram);
  const links = [...arrows.flatMap(invisibleLinksOf), ...arrows.flatMap(linksOf)];
  return [
    INIT,
    'flowchart TB',
    ...(arrows.length === 0 ? [`  nothing["${mermaidText(nothingDrawn(diagram))}"]`] : []),
    ...diagram.remarks.map((text, at) => `  remark${at + 1}["${mermaidText(text)}"]:::plain`),
    ...stackLines(diagram, undefined, arrows),
    ...diagram.stacks.flatMap((stack, at) => [
      `  subgraph stack${at + 1}["${mermaidText(`stack ${stack}`)}"]`,
      ...stackLines(diagram, stack, arrows).map((line) => `  ${line}`),
      '  end',
    ]),
    ...links.map(({ text }) => `  ${text}`),
    ...links.flatMap(({ style }, at) => (style === undefined ? [] : [`  linkStyle ${at} ${style}`])),
    ...(arrows.length + diagram.remarks.length > 0
      ? ['  classDef plain fill:none,stroke:none', '  classDef title fill:none,stroke:none,font-weight:bold']
      : []),
    ...(diagram.frames.some(({ boxes }) => boxes.some(({ isWorld }) => isWorld))
      ? ['  classDef world fill:#fdecea,stroke:#b3261e,stroke-width:3px']
      : []),
    '',
  ].join('\n');
}

/** Renders the frames of a stack, and the labels of its arrows that are in no frame. */
function stackLines({ frames }: Diagram, stack: string | undefined, arrows: readonly LabelledArrow[]): string[] {
  return [
    ...frames.flatMap((frame, at) => (frame.stack === stack ? frameLines(frame, at, arrows) : [])),
    ...arrows
      .filter((arrow) => arrow.frame === undefined && arrow.stack === stack)
      .map((arrow) => `  ${labelLine(arrow)}`),
  ];
}

function frameLines(frame: DiagramFrame, at: number, arrows: readonly LabelledArrow[]): string[] {
  if (frame.title === undefined) return frame.boxes.map((box) => `  ${boxLine(box)}`);
  const labels = arrows.filter((arrow) => arrow.frame === frame).map(labelLine);
  // arrows would cross a title that Mermaid places
  const title = `title${at + 1}["${frame.title.map(mermaidText).join('<br/>')}"]:::title`;
  return [
    `  subgraph frame${at + 1}[" "]`,
    ...[title, ...frame.boxes.map(boxLine), ...labels].map((line) => `    ${line}`),
    '  end',
  ];
}

function boxLine({ id, name, roles, ranges, isWorld }: DiagramBox): string {
  return `${id}["${[name, ...roles, ...ranges].map(mermaidText).join('<br/>')}"]${isWorld ? ':::world' : ''}`;
}

/** Renders the two halves of an arrow, from box to label and from label to box. */
function linksOf({ arrow: { from, to, kind }, id }: LabelledArrow): Link[] {
  const { link, line, style } = LINKS[kind];
  return [
    { text: `${from} ${line} ${id}`, style },
    { text: `${id} ${link} ${to}`, style },
  ];
}

/**
 * Renders invisible links that keep the label of an upward arrow between its boxes. They must precede all visible links. Mermaid has
 * no arrow that is written backwards, which would do the same.
 */
function invisibleLinksOf({ arrow: { from, to }, id, isUpward }: LabelledArrow): Link[] {
  return isUpward ? [{ text: `${to} ~~~ ${id}` }, { text: `${id} ~~~ ${from}` }] : [];
}

/** Renders a label as a borderless box in the middle of its arrow, so that labels do not overlap. */
function labelLine({ arrow: { kind, labels }, id }: LabelledArrow): string {
  const meaning = labels.length === 0 ? ARROW_MEANING[kind] : `${ARROW_MEANING[kind]}:`;
  const remark = kind === 'managed' ? [] : [meaning];
  const lines = labels.flatMap(({ ports, text }) => linesOfWords(oneLine(`${ports} ${text}`), LONGEST_LINE));
  return `${id}["${[...remark, ...lines].map(mermaidText).join('<br/>')}"]:::plain`;
}

/** Escapes text in quotes: characters with a meaning in Mermaid, its Markdown or HTML are written as numbers. */
function mermaidText(text: string): string {
  return oneLine(text)
    .replace(/[^\p{L}\p{N}\p{M}\s.,:/()+-]/gu, numbered)
    .replace(/^\s*(?:[-+]\s|\d+[.)]\s)/, (list) => list.replace(/[-+.)]/, numbered));
}

function numbered(character: string): string {
  return `#${character.codePointAt(0)};`;
}
