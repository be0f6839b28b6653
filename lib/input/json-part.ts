import { refusal, shown } from './refusal';

/** The file and the fix in the errors about a JSON file. */
interface JsonSource {
  /** The file. */
  readonly place: string;
  /** What to do if the file is invalid. */
  readonly fix: string;
}

/** A part of parsed JSON that knows its path, so that every error names the file and the member. */
export class JsonPart {
  public constructor(
    private readonly source: JsonSource,
    private readonly path: string,
    public readonly value: unknown,
  ) {}

  /** Returns a member of an object. If it is absent, its value is `undefined`. */
  public member(name: string): JsonPart {
    const value = this.isObject() && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new JsonPart(this.source, `${this.path}.${name}`, value);
  }

  /** Returns the same part with a shorter path for errors. */
  public withPath(name: string): JsonPart {
    return new JsonPart(this.source, name, this.value);
  }

  /** Returns the same part with a different value. */
  public withValue(value: unknown): JsonPart {
    return new JsonPart(this.source, this.path, value);
  }

  /** Returns the members of an object by name. */
  public members(): [string, JsonPart][] {
    if (!this.isObject()) throw this.refusal('must be an object');
    return Object.entries(this.value).map(([name, value]) => [name, this.at(`[${JSON.stringify(name)}]`, value)]);
  }

  /** Returns the members of a list. */
  public items(): JsonPart[] {
    if (!Array.isArray(this.value)) throw this.refusal('must be a list');
    return this.value.map((value, index) => this.at(`[${index}]`, value));
  }

  /** Returns the value. Throws unless it is text. */
  public text(): string {
    if (typeof this.value !== 'string') throw this.refusal('must be text');
    return this.value;
  }

  /** Returns the value. Throws unless it is a list of texts. */
  public texts(): string[] {
    return this.items().map((item) => item.text());
  }

  /** Returns what `read` returns for the part, or nothing if the part is absent. */
  public optional<T>(read: (part: JsonPart) => T): T | undefined {
    return this.value === undefined ? undefined : read(this);
  }

  /** Returns the value that `values` has for the text of this part. Throws if the map does not have it. */
  public lookUp<T>(values: ReadonlyMap<string, T>, what: string): T {
    const value = values.get(this.text());
    if (value === undefined) throw this.refusal(`must be the name of ${what}`);
    return value;
  }

  /** Returns whether the value is `true`. Throws unless it is `true` or absent. */
  public isSet(): boolean {
    if (this.value !== undefined && this.value !== true) throw this.refusal('must be true or absent');
    return this.value === true;
  }

  /** Returns the value. Throws unless it is one of `texts`. */
  public oneOf<T extends string>(texts: readonly T[]): T {
    const text = texts.find((known) => known === this.value);
    if (text === undefined) throw this.refusal(`must be ${texts.map(shown).join(' or ')}`);
    return text;
  }

  /** The file and the path, for errors of parsers that read the value. */
  public get place(): string {
    return `${this.source.place}: ${this.path}`;
  }

  /** Returns the error for a part that does not have the needed form. */
  public refusal(need: string): Error {
    return refusal(this.source.place, 'json-altered', `${this.path} ${need}`, shown(this.value), this.source.fix);
  }

  private at(step: string, value: unknown): JsonPart {
    return new JsonPart(this.source, `${this.path}${step}`, value);
  }

  private isObject(): this is { value: Record<string, unknown> } {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }
}

/** Enough for a hundred nested modules. */
const MAX_DEPTH = 500;

/** Limits the depth of parsed JSON, because later steps are recursive and would overflow the stack. Goes level by level for the same reason. */
export function checkDepth(json: unknown, file: string): void {
  let level: readonly object[] = typeof json === 'object' && json !== null ? [json] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      throw refusal(file, 'json-too-deep', `values must be at most ${MAX_DEPTH} levels deep`, 'more');
    }
    const next: object[] = [];
    for (const parent of level) {
      for (const key in parent) {
        const child = (parent as Record<string, unknown>)[key];
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
}

/** Says what parsed JSON is, without quoting it. */
export function jsonKind(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
