import type { IResolvable, IResolveContext } from 'cdktf';

/** A value in the form of a token, which resolves to the value without a look at its parts. */
class Verbatim implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(private readonly value: unknown) {}

  public resolve(context: IResolveContext): undefined {
    context.registerPostProcessor({ postProcess: () => this.value });
    return undefined;
  }

  public toJSON(): unknown {
    return this.value;
  }
}

/** Members in the form of a token, of which the framework resolves some, and does not look into the others. */
class VerbatimExcept implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(
    private readonly plain: object,
    private readonly open: object,
  ) {}

  public resolve(context: IResolveContext): undefined {
    const resolved = context.resolve(this.open) as object;
    context.registerPostProcessor({ postProcess: () => new Verbatim({ ...this.plain, ...resolved }) });
    return undefined;
  }

  public toJSON(): unknown {
    return { ...this.plain, ...this.open };
  }
}

/**
 * Returns metadata that the framework writes as it is. There must be no tokens in it.
 *
 * The framework searches every key and every text of metadata for tokens, twice: once by itself, and once as a part of the stack. So
 * the value is wrapped twice. With 10,000 rules these searches take a third of the time of a whole app.
 */
export function verbatim(metadata: object): object {
  return new Verbatim(new Verbatim(metadata));
}

/** Returns members of which the framework resolves only `open`. There must be no tokens in `plain`. */
export function verbatimExcept(plain: object, open: object): object {
  return new VerbatimExcept(plain, open);
}

/** Returns the value that one of these tokens stands for, and any other value unchanged. */
export function plainOf(value: unknown): unknown {
  return value instanceof Verbatim || value instanceof VerbatimExcept ? plainOf(value.toJSON()) : value;
}
