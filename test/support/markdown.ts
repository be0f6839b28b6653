import MarkdownIt from 'markdown-it';

/** What GitHub or GitLab find in rendered text, in addition to Markdown: their documentation and filters say so. */
const FOUND_IN_TEXT: readonly RegExp[] = [
  /(?:^|[^A-Za-z0-9_])@[A-Za-z0-9]/, // @user, @org/team
  /[\w.+-]+@[\w-]+\.[\w.-]+/, // user@example.com
  /(?:https?|ftp|xmpp|mailto|ssh|git):\/\/|www\./i,
  /#\d/, // #12, org/repo#1
  /\bGH-\d/i,
  /\bGHSA-/i,
  /\b[A-Z][A-Z0-9_]+-\d/, // JIRA-12
  /(?:^|[^0-9A-Za-z])[0-9a-f]{7,40}(?:$|[^0-9A-Za-z])/i, // a commit
  /@[0-9a-f]{7}/i, // user@commit
  /:[\w+-]+:/, // :tada:
  /(?:^|\W)[!&%$~^][\w"]/, // !12, &12, %milestone, $12, ~label, ^alert#1
  /\[\w+:\S+\]/, // [wiki_page:x]
  /\$[^$]+\$/, // a formula
  /\p{Cc}|\p{Zl}|\p{Zp}|\u202e|\ufeff|\u200b/u,
];

/** A rendered document: its lines of text, in the cells of tables or outside, and everything in it that is more than text. */
export interface Rendered {
  /** The text of each cell, heading, paragraph and list item, as a reader sees it; `<br>` is a line break. */
  readonly texts: readonly string[];
  /** Links, images, HTML, emphasis, mentions, references, emoji: empty if the document is only text and code. */
  readonly active: readonly string[];
  /** The targets of links that the document makes itself, in angle brackets. */
  readonly links: readonly string[];
}

const INERT = ['text', 'code_inline', 'softbreak'];

/** Renders Markdown as GitHub and GitLab do, as far as their additions are documented. */
export function rendered(markdown: string): Rendered {
  const parser = new MarkdownIt({ html: true, linkify: true });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: true });
  const [texts, active, links]: [string[], string[], string[]] = [[], [], []];
  for (const token of parser.parse(markdown, {})) {
    if (token.type !== 'inline') {
      if (!/^(?:table|thead|tbody|tr|th|td|heading|paragraph|bullet_list|list_item)_(?:open|close)$/.test(token.type)) {
        active.push(token.type);
      }
      continue;
    }
    const children = token.children ?? [];
    let text = '';
    let isInLink = false;
    children.forEach((child, at) => {
      if (child.type === 'link_open' && child.markup === 'autolink') {
        isInLink = true;
        links.push(String(child.attrGet('href')));
      } else if (child.type === 'link_close' && isInLink) isInLink = false;
      else if (child.type === 'html_inline' && child.content === '<br>') text += '\n';
      else if (!INERT.includes(child.type)) active.push(`${child.type} ${child.content}`);
      else text += child.content;
      if (child.type !== 'text' || isInLink) return;
      // neighbouring texts are one text after rendering
      const next = children[at + 1]?.type === 'text' ? children[at + 1].content : '';
      const whole = child.content + next;
      active.push(...FOUND_IN_TEXT.filter((form) => form.test(whole)).map((form) => `${String(form)} in ${whole}`));
    });
    texts.push(text);
  }
  return { texts, active, links };
}
