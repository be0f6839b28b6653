/** A value that the Terraform JSON does not contain. */
export class UnknownValue {
  constructor(
    /** The expression that it refers to, if that is exactly one: `aws_security_group.web.id`. */
    public readonly expression: string | undefined,
    /** Why it is not known: `var.office, which has no default`. */
    public readonly reason: string,
    /** Whether it is one value or, as a member of a list, any number of values of a different list. */
    public readonly count: 'one' | 'any' = 'one',
    /** Whether the expression is the whole value. In a plan, the value is only known to contain it. */
    public readonly extent: 'whole' | 'part' = 'whole',
    /** The resource whose instances it may be, if it refers to several: `aws_security_group.this`. */
    public readonly among?: string,
  ) {}
}

/** Whether a value is not known. */
export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue;
}

/** Whether a value, or any part of it, is not known. */
export function holdsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnknown);
}

/** Returns a value as text that does not depend on the order of keys: equal texts mean equal values. */
export function stableText(value: unknown): string {
  if (isUnknown(value)) return `unknown ${JSON.stringify([value.expression, value.reason])}`;
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const texts = members.map(([name, member]) => `${JSON.stringify(name)}:${stableText(member)}`);
  return `{${texts.sort().join(',')}}`;
}
