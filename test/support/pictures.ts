/** A box of a picture: its name, and the lines below it. */
export interface PictureBox {
  readonly name: string;
  readonly lines: readonly string[];
}

/** An arrow of a picture, with the text of its label. */
export interface PictureArrow {
  readonly from: PictureBox;
  readonly to: PictureBox;
  readonly label: string;
}

/** Reads the arrows of a picture in Mermaid or for Graphviz. Each has two halves, with its label between them. */
export function arrowsInPicture(text: string, format: 'mermaid' | 'dot'): PictureArrow[] {
  const [boxes, labels] = ['box', 'label'].map((kind) => textsInPicture(text, kind, format));
  return [...labels].map(([id, lines]) => {
    const [from, to] = (format === 'mermaid' ? endsInMermaid(text, id) : endsInDot(text, id)).map((end) =>
      boxes.get(end),
    );
    if (from === undefined || to === undefined) throw new Error(`${id} is not between two boxes`);
    return { from: boxOf(from), to: boxOf(to), label: lines.join(' ') };
  });
}

function endsInMermaid(text: string, label: string): string[] {
  const [, from = ''] = new RegExp(`^ *(box\\d+) (?:---|-\\.-|===) ${label}$`, 'm').exec(text) ?? [];
  const [, to = ''] = new RegExp(`^ *${label} (?:-->|-\\.->|==>) (box\\d+)$`, 'm').exec(text) ?? [];
  return [from, to];
}

/** An arrow that closes a cycle is written backwards, and one from a box to itself has both halves on one side. */
function endsInDot(text: string, label: string): string[] {
  const [, one = '', direction] =
    new RegExp(`^ *(box\\d+) -> ${label}(?::n)? \\[(?:dir=(\\w+))?`, 'm').exec(text) ?? [];
  const [, other = one] = new RegExp(`^ *${label}:s -> (box\\d+) `, 'm').exec(text) ?? [];
  return direction === 'back' ? [other, one] : [one, other];
}

/** A box in the frame of its stack does not say the stack. */
function boxOf([name, ...lines]: readonly string[]): PictureBox {
  return { name: withoutStack(name), lines };
}

/** Leaves out the stack of machines. */
export function withoutStack(name: string): string {
  return name.replace(/ \(stack [^)]*\)/g, '');
}

/** Returns the lines of the boxes or labels, by their id. */
function textsInPicture(text: string, kind: string, format: 'mermaid' | 'dot'): Map<string, string[]> {
  const line = format === 'mermaid' ? `^ *(${kind}\\d+)\\["(.*)"\\]` : `^ *(${kind}\\d+) \\[shape=.*?label=<(.*)>\\];$`;
  return new Map(
    [...text.matchAll(new RegExp(line, 'gm'))].map(([, id, content]) => [
      id,
      format === 'mermaid' ? content.split('<br/>').map(fromMermaid) : linesOfTable(content),
    ]),
  );
}

function fromMermaid(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function linesOfTable(html: string): string[] {
  return html
    .replace(/<BR ALIGN="LEFT"\/>/g, '\n')
    .replace(/<\/TR>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .split('\n')
    .map((line) =>
      line.trim().replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    )
    .filter((line) => line !== '');
}
