/** Thrown while a resource is read that contradicts itself or the rules of its cloud. It is listed as not evaluated. */
export class Unreadable extends Error {
  constructor(
    /** What is wrong: `from_port must not be greater than to_port, got from_port 9 and to_port 8`. */
    public readonly reason: string,
  ) {
    super(reason);
  }
}

/** Returns the error for a need that is not met. */
export function unreadable(need: string, got: string): Unreadable {
  return new Unreadable(`${need}, got ${got}`);
}
