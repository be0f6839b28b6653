import { refusal, shown } from './refusal';

/** What a reader must say of the file when a part of it is not as it was written. */
export interface JsonSource {
  /** The file, for errors. */
  readonly place: string;
  /** What to do about a part that is not as it must be. */
  readonly fix: string;
}

/** A part of parsed JSON that knows where it stands, so that every refusal names the file and the member. */
export class JsonPart {
  public constructor(
    private readonly source: JsonSource,
    private readonly path: string,
    public readonly value: unknown,
  ) {}

  /** The member of an object, whether it is there or not. */
  public member(name: string): JsonPart {
    const value = this.isObject() && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new JsonPart(this.source, `${this.path}.${name}`, value);
  }

  /** The same part under a name that people find it by. */
  public called(name: string): JsonPart {
    return new JsonPart(this.source, name, this.value);
  }

  /** The members of an object by name. */
  public members(): [string, JsonPart][] {
    if (!this.isObject()) throw this.refusal('must be an object');
    return Object.entries(this.value).map(([name, value]) => [name, this.at(`[${JSON.stringify(name)}]`, value)]);
  }

  /** The members of a list. */
  public items(): JsonPart[] {
    if (!Array.isArray(this.value)) throw this.refusal('must be a list');
    return this.value.map((value, index) => this.at(`[${index}]`, value));
  }

  public text(): string {
    if (typeof this.value !== 'string') throw this.refusal('must be text');
    return this.value;
  }

  public texts(): string[] {
    return this.items().map((item) => item.text());
  }

  /** What `read` makes of the part, or nothing where there is none. */
  public optional<T>(read: (part: JsonPart) => T): T | undefined {
    return this.value === undefined ? undefined : read(this);
  }

  /** What a map has under the name that stands here. */
  public named<T>(things: ReadonlyMap<string, T>, what: string): T {
    const thing = things.get(this.text());
    if (thing === undefined) throw this.refusal(`must be the name of ${what}`);
    return thing;
  }

  /** Whether a mark is there: `true`, or the member is absent. */
  public isSet(): boolean {
    if (this.value !== undefined && this.value !== true) throw this.refusal('must be true or absent');
    return this.value === true;
  }

  /** One of a few texts. */
  public oneOf<T extends string>(texts: readonly T[]): T {
    const text = texts.find((known) => known === this.value);
    if (text === undefined) throw this.refusal(`must be ${texts.map(shown).join(' or ')}`);
    return text;
  }

  /** Where the part stands, for errors of those who read it further. */
  public get place(): string {
    return `${this.source.place}: ${this.path}`;
  }

  /** An error that says what the part must be, what it is, and what to do. */
  public refusal(need: string): Error {
    return refusal(this.source.place, `${this.path} ${need}`, shown(this.value), this.source.fix);
  }

  private at(step: string, value: unknown): JsonPart {
    return new JsonPart(this.source, `${this.path}${step}`, value);
  }

  private isObject(): this is { value: Record<string, unknown> } {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }
}
