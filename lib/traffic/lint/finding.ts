import type { Configuration } from '../configuration';
import type { Rule } from '../rule';
import { portTexts, rangesIn, rangeText } from '../sets';
import { explanationOf, type FindingCode, type FindingLevel } from './finding-codes';

/** A rule or a security group that somebody should look at. */
export interface Finding {
  readonly code: FindingCode;
  readonly level: FindingLevel;
  /** The Terraform address of the rule, the name of the group, or the path of the construct. */
  readonly address: string;
  readonly file: string;
  /** What is wrong, as a sentence that continues the address. */
  readonly message: string;
  /** The Terraform addresses of other rules that the finding is about. */
  readonly related: readonly string[];
  /** What the finding is about, if the address does not say it. With the code and the address it identifies the finding. */
  readonly subject: string;
}

/** A rule, or something else with an address. */
type Place = Pick<Finding, 'address' | 'file'> & Partial<Pick<Rule, 'ports' | 'peers'>>;

/** Findings that are about what a rule opens: if it opens something else, somebody must look again. */
const ABOUT_CONTENT: ReadonlySet<FindingCode> = new Set([
  'duplicate',
  'false-claim',
  'no-provenance',
  'unmanaged-rule',
]);

/** A finding about one rule, with the usual level of its code. */
export function findingAt(place: Place, code: FindingCode, message: string, related: readonly string[] = []): Finding {
  const { address, file } = place;
  const [level] = explanationOf(code).levels;
  const isOfContent = INLINE.test(address) || ABOUT_CONTENT.has(code);
  return { code, level, address, file, message, related, subject: isOfContent ? contentOf(place) : '' };
}

/** Returns a finding that is about one of several things at its address. */
export function about(finding: Finding, subject: string): Finding {
  return { ...finding, subject: [finding.subject, subject].filter((text) => text !== '').join(', ') };
}

/** The address of an inline rule, which ends with its position in the list. */
const INLINE = /\.(?:ingress|egress)\[\d+\]$/;

/** Returns the address without the position of an inline rule: positions change if a different rule is added or removed. */
export function stableAddress(address: string): string {
  return INLINE.test(address) ? address.slice(0, address.lastIndexOf('[')) : address;
}

/** Whether a rule is inline: part of the resource of its security group. */
export function isInline({ address }: Pick<Rule, 'address'>): boolean {
  return INLINE.test(address);
}

/** Returns the addresses of other rules for the sentence of a finding: those of a different stack with its name. */
export function namesFor(
  { file }: Pick<Rule, 'file'>,
  others: readonly Rule[],
  stackNames: Configuration['stackNames'],
): string[] {
  const names = others.map((other) => {
    const stack = other.file === file ? undefined : stackNames?.get(other.file);
    return stack === undefined ? other.address : `${other.address} of the stack ${stack}`;
  });
  return [...new Set(names)];
}

function contentOf({ ports = [], peers = [] }: Place): string {
  const ends = peers.map(({ name, family, addresses }) =>
    name === ''
      ? rangesIn(addresses)
          .map((range) => rangeText(family, range))
          .join(' ')
      : name,
  );
  return [ports.flatMap(portTexts).join(' '), ...new Set(ends)].join(' ');
}
