/** What a value in a file must look like. What it must say besides is for the laws of tables. */
export type Shape =
  | { readonly kind: 'text' | 'flag' | 'port' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | ObjectShape;

/** An object whose properties are known, and how errors call it. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly title: string;
  readonly members: Readonly<Record<string, Member>>;
}

/** A property of an object. */
export interface Member {
  readonly shape: Shape;
  /** What it means, for people who write the file. */
  readonly about: string;
  readonly isOptional?: boolean;
}
