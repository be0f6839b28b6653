import {
  ARROW_MEANING,
  type ArrowKind,
  type Diagram,
  type DiagramArrow,
  type DiagramBox,
  type DiagramFrame,
} from './diagram';
import { oneLine } from './one-line';

const LINKS: Readonly<Record<ArrowKind, { readonly link: string; readonly style?: string }>> = {
  ours: { link: '-->' },
  external: { link: '-.->', style: 'stroke-dasharray: 8 4' },
  supplement: { link: '-.->', style: 'stroke-dasharray: 2 4' },
  'external supplement': { link: '-.->', style: 'stroke-dasharray: 2 4' },
};

/** A diagram in Mermaid, as GitHub and GitLab draw it in Markdown. */
export function diagramMermaid({ frames, arrows }: Diagram): string {
  return [
    'flowchart TB',
    ...frames.flatMap(frameLines),
    ...arrows.map(arrowLine),
    ...arrows.flatMap(({ kind }, at) =>
      LINKS[kind].style === undefined ? [] : [`  linkStyle ${at} ${LINKS[kind].style}`],
    ),
    '',
  ].join('\n');
}

function frameLines({ title, boxes }: DiagramFrame, at: number): string[] {
  if (title === undefined) return boxes.map((box) => `  ${boxLine(box)}`);
  return [`  subgraph frame${at + 1}["${mermaidText(title)}"]`, ...boxes.map((box) => `    ${boxLine(box)}`), '  end'];
}

function boxLine({ id, name, roles, addresses }: DiagramBox): string {
  return `${id}["${[name, ...roles, ...addresses].map(mermaidText).join('<br/>')}"]`;
}

function arrowLine({ from, to, kind, labels }: DiagramArrow): string {
  const remark = kind === 'ours' ? [] : [`${ARROW_MEANING[kind]}:`];
  return `  ${from} ${LINKS[kind].link}|"${[...remark, ...labels.map(({ ports, text }) => `${ports} ${text}`)].map(mermaidText).join('<br/>')}"| ${to}`;
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
