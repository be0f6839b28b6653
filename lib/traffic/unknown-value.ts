/** A value that is not in the Terraform JSON. */
export class UnknownValue {
  constructor(
    /** What it refers to, where that is one thing: `aws_security_group.web.id`. */
    public readonly expression: string | undefined,
    /** Why it is not known: `var.office, which has no default`. */
    public readonly reason: string,
    /** Whether, as a member of a list, it stands for all members of another one. */
    public readonly stands: 'alone' | 'list' = 'alone',
    /** Whether the value is what it refers to and nothing else; plans say only that it has a part in it. */
    public readonly refersTo: 'the whole' | 'a part' = 'the whole',
  ) {}
}

/** Whether a value is not known. */
export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue;
}
