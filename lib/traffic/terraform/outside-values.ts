/**
 * Returns text that is equal for equal content of a file or directory beside a configuration, by its path relative to the
 * configuration; nothing if it cannot be read.
 */
type ContentBeside = (path: string) => string | undefined;

/** What is around a synthesized stack, and changes the values in it. */
export interface Around {
  /**
   * Reads the files that expressions read, for comparisons.
   * @default - files are not read, and compared by their paths
   */
  readonly contentBeside?: ContentBeside;
  /**
   * Whether a variable has a value outside of the stack, so that its default is not its value.
   * @default - every variable has its default
   */
  readonly isGivenElsewhere?: (variable: string) => boolean;
}

const READS_FILE = 'file(?:exists|set|base64(?:sha256|sha512)?|md5|sha1|sha256|sha512)?|templatefile';
const READS_CLOCK_OR_CHANCE = 'timestamp|plantimestamp|uuid|bcrypt';
const CALL = new RegExp(
  String.raw`(?<![\w.-])(?:${READS_FILE}|${READS_CLOCK_OR_CHANCE})\s*\(\s*(?:"(?:[^"\\]|\\.)*"|[^"),]*)`,
  'g',
);
const PATH = /\(\s*("(?:[^"\\]|\\.)*")$/;
/** A path that leads to the same place from both sides of a comparison, so that it does not show what was there before. */
export const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|file:)/;
/** A path with a pattern in its last part, and the directory that it selects from. */
const PATTERN = /^((?:[^*?[]*\/)?)[^/]*[*?[]/;
const FILES_OF_STACK = /^[\w-]*\*[\w*-]*\.(?:ya?ml|json|tf|tofu|txt|te?mpl|tftpl|conf|cfg)$/;
const BETWEEN_WORDS = /[\s"'`=;&|()<>,]+/;
const OWN_DIRECTORY = /^\$\{path\.(?:module|root|cwd)\}\//;

let unread = 0;

/** What expressions read from outside of the configuration: files, the clock, random numbers. */
export class OutsideValues {
  private readonly found = new Map<string, string>();

  constructor(private readonly contentBeside: ContentBeside = () => '') {}

  /** Returns the calls in an expression that read something outside of the configuration. */
  public static callsIn(expression: string): readonly string[] {
    return expression.includes('(') ? (expression.match(CALL) ?? []) : [];
  }

  /** Returns what a call depends on as text, or text that is equal to no other if that cannot be known. */
  public dependencyOf(call: string): string {
    const [, quoted] = PATH.exec(call) ?? [];
    return this.contentOf(quoted === undefined ? undefined : unescaped(quoted)?.replace(OWN_DIRECTORY, ''), call);
  }

  /** Returns what the files depend on whose relative paths are words of a value: scripts of commands, local files, local states. */
  public filesNamedIn(value: unknown): string {
    const found = new Map<string, string>();
    const rest: unknown[] = [value];
    while (rest.length > 0) {
      const one = rest.pop();
      // spread arguments would overflow the stack for long lists
      if (typeof one === 'object' && one !== null) for (const member of Object.values(one)) rest.push(member);
      if (typeof one !== 'string') continue;
      for (const word of one.split(BETWEEN_WORDS)) {
        const path = selectedFrom(word.replace(OWN_DIRECTORY, ''));
        // an absolute path is the same for both sides
        const isPath = /^[^/-]/.test(path) && !/^[./]+$/.test(word) && !path.includes('${');
        if (isPath && !found.has(path)) found.set(path, this.contentOf(path));
      }
    }
    const existing = [...found].filter(([, content]) => content !== 'nothing' && content !== '');
    return existing
      .map((entry) => entry.join(' '))
      .sort()
      .join('\n');
  }

  /** Returns the same for a file or directory by its path. */
  public contentOf(path: string | undefined, key = path ?? ''): string {
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const isPlain = path !== undefined && !path.includes('${') && !ABSOLUTE.test(path);
    const content = (isPlain ? this.contentBeside(path) : undefined) ?? `not read ${++unread}`;
    this.found.set(key, content);
    return content;
  }
}

/** Returns the text in quotes of an expression; nothing if it has an escape that Terraform does not have. */
function unescaped(quoted: string): string | undefined {
  const long = quoted.replace(/\\(?:U([0-9a-fA-F]{8})|.)/g, (escape, code?: string) =>
    code === undefined || parseInt(code, 16) > 0x10ffff
      ? escape
      : JSON.stringify(String.fromCodePoint(parseInt(code, 16))).slice(1, -1),
  );
  try {
    return JSON.parse(long) as string;
  } catch {
    return undefined;
  }
}

/** Returns the directory from which a pattern selects files; any other path as it is. A pattern of its own is also a hostname. */
function selectedFrom(path: string): string {
  const [, directory] = PATTERN.exec(path) ?? [];
  if (directory === undefined) return path;
  return directory !== '' ? directory : FILES_OF_STACK.test(path) ? '.' : path;
}
