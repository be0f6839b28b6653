import { createHash } from 'node:crypto';

const HASH_DIGITS = 8;
const MAX_NAME = 60;

/**
 * Gives ids to the parts of a page, so that people can send links to them. An id comes from what identifies the part, never from its
 * position: a new row does not change the links to the others.
 */
export class Anchors {
  private readonly given = new Map<string, number>();

  /** Returns an id that begins with the readable name, and ends with a hash of everything that identifies the part. */
  public of(name: string, identity: readonly unknown[]): string {
    const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, HASH_DIGITS);
    const anchor = `${slug(name)}-${hash}`;
    const before = this.given.get(anchor) ?? 0;
    this.given.set(anchor, before + 1);
    // equal parts have nothing else to tell them apart
    return before === 0 ? anchor : `${anchor}-${before + 1}`;
  }
}

function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^-|-$/g, '');
  return plain === '' ? 'row' : plain;
}
