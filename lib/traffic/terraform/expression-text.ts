const BLANK = /\s/;
const NAME = String.raw`[\p{L}_][\p{L}\p{N}_-]*`;
/** Terraform accepts `resource.` in front of a reference to a resource. */
const RESOURCE_PREFIX = new RegExp(String.raw`(?<![\p{L}\p{N}_.-])resource\.(?=${NAME}\.${NAME})`, 'gu');
/** A loop may call its value `resource`. */
const LOOP_OVER_RESOURCE = /\bresource\s*(?:,|in\b)/;
const HEREDOC = /<<-?([\p{L}_][\p{L}\p{N}_-]*)\r?\n/uy;

/** Returns an expression in one spelling: without comments, without blanks around dots, and without the prefix `resource.`. */
export function canonicalExpression(expression: string): string {
  return new Spelling(expression).whole();
}

/** Returns a template with each of its expressions in one spelling. */
export function canonicalTemplate(text: string): string {
  return text.includes('{') ? new Spelling(text).template() : text;
}

/** Returns a value with each of its templates in one spelling. */
export function canonicalValue(value: unknown): unknown {
  if (typeof value === 'string') return canonicalTemplate(value);
  if (Array.isArray(value)) return value.map(canonicalValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, canonicalValue(member)]));
}

/** Reads a text once, from its beginning to its end. Text without its end is kept as written. */
class Spelling {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Reads an expression up to the end of the text. */
  public whole(): string {
    let written = this.expression();
    while (this.at < this.text.length) written += this.taken(1) + this.expression();
    return written;
  }

  /** Reads up to the end of the text, or up to the brace that ends an expression in a template. */
  private expression(): string {
    const parts: string[] = [];
    let [depth, blank] = [0, ''];
    const add = (part: string): void => {
      // blanks around a dot mean nothing
      parts.push(part === '.' || parts.at(-1) === '.' ? part : blank + part);
      blank = '';
    };
    while (this.at < this.text.length) {
      const character = this.text[this.at];
      if (character === '}' && depth === 0) break;
      if (BLANK.test(character) || this.isComment()) blank = this.blank();
      else if (character === '"') add(this.taken(1) + this.template('"'));
      else if (character === '<' && this.isHeredoc()) add(this.heredoc());
      else {
        depth += character === '{' ? 1 : character === '}' ? -1 : 0;
        add(this.taken(1));
      }
    }
    const written = parts.join('').trim();
    return LOOP_OVER_RESOURCE.test(written) ? written : written.replace(RESOURCE_PREFIX, '');
  }

  /** Reads up to the end of the text, or up to and including the quote that ends a text in an expression. */
  public template(end?: '"'): string {
    const parts: string[] = [];
    while (this.at < this.text.length) {
      const three = this.text.slice(this.at, this.at + 3);
      if (three === '$${' || three === '%%{') {
        parts.push(this.taken(3));
      } else if (three.startsWith('${') || three.startsWith('%{')) {
        parts.push(this.taken(2) + this.expression() + this.taken(1));
      } else if (end !== undefined && three.startsWith('\\')) {
        parts.push(this.taken(2));
      } else {
        const one = this.taken(1);
        parts.push(one);
        if (one === end) break;
      }
    }
    return parts.join('');
  }

  private taken(length: number): string {
    const part = this.text.slice(this.at, this.at + length);
    this.at += length;
    return part;
  }

  private isComment(): boolean {
    return this.text[this.at] === '#' || this.text.startsWith('//', this.at) || this.text.startsWith('/*', this.at);
  }

  /** Reads blanks and comments. Returns one blank, or a line break if there is one, because it separates members of objects. */
  private blank(): string {
    let hasLineBreak = false;
    while (this.at < this.text.length && (BLANK.test(this.text[this.at]) || this.isComment())) {
      if (BLANK.test(this.text[this.at])) {
        hasLineBreak = this.taken(1) === '\n' || hasLineBreak;
        continue;
      }
      const isBlock = this.text.startsWith('/*', this.at);
      const end = this.text.indexOf(isBlock ? '*/' : '\n', this.at + (isBlock ? 2 : 1));
      if (end < 0) this.at = this.text.length;
      else this.at = isBlock ? end + 2 : end;
    }
    return hasLineBreak ? '\n' : ' ';
  }

  private isHeredoc(): boolean {
    HEREDOC.lastIndex = this.at;
    return HEREDOC.test(this.text);
  }

  /** Reads a text of several lines, which is a template, up to the line that ends it. */
  private heredoc(): string {
    HEREDOC.lastIndex = this.at;
    const [start, name] = HEREDOC.exec(this.text)!;
    const end = new RegExp(String.raw`^[ \t]*${name}[ \t]*\r?$`, 'mu');
    const rest = this.text.slice(this.at + start.length);
    const found = end.exec(rest);
    const length = found ? found.index + found[0].length : rest.length;
    this.at += start.length + length;
    return start + canonicalTemplate(rest.slice(0, length));
  }
}
