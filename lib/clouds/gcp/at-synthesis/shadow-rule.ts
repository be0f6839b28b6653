import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { Construct } from 'constructs';
import { stackOf, asSynthesized, allAsSynthesized, warn } from '../../../framework';
import { refusal } from '../../../input';
import { Ledger, StackRecord } from '../../../opening';
import { isSurelyOther, RuleAttributes } from './rule-attributes';
import { sameness } from './same-resource';

const LAST_PRIORITY = 65534;
const TYPE = 'google_compute_firewall';

/** A copy of a rule one priority step in front of it. */
interface Shadow {
  readonly copy: ComputeFirewall;
  /** The Terraform id of the rule. */
  readonly of: string;
}

/** Checks a copy of a rule when all resources of the app exist, because a user may create a rule that denies later. */
export function checkShadowAtSynthesis(shadow: Shadow): void {
  const stack = stackOf(shadow.copy, shadow.copy.node.path);
  const known = shadowsByStack.get(stack);
  if (known !== undefined) {
    known.push(shadow);
    return;
  }
  const shadows = [shadow];
  shadowsByStack.set(stack, shadows);
  StackRecord.of(stack).addCheck(() => {
    const rules = allAsSynthesized(stack.node.root, [TYPE]).map((each) => new RuleAttributes(each));
    const denies = rules.filter((each) => each.denies !== false && each.disabled !== true && !each.isAbsent);
    if (denies.length === 0) return;
    const own = new Map(rules.filter((each) => each.resource.stack === stack).map((each) => [each.resource.id, each]));
    for (const { copy, of } of shadows) checkShadow(copy, own.get(of), denies);
  });
}

const shadowsByStack = new WeakMap<Construct, Shadow[]>();

/** A rule that denies what the copy would allow first, and why that is not sure. */
interface Overtaken {
  readonly deny: RuleAttributes;
  /** None if it surely does. */
  readonly doubts: readonly string[];
}

/**
 * Throws if a rule of the app denies at the priority of the copied rule: of two rules with the same priority, the one that denies
 * wins, and it would lose to the copy. See `priority` in
 * https://github.com/hashicorp/terraform-provider-google/blob/27772062c0894c4b5c1f3208020fd99216ae2462/website/docs/r/compute_firewall.html.markdown
 * Warns if values decide that are known after apply.
 */
function checkShadow(
  construct: ComputeFirewall,
  rule: RuleAttributes | undefined,
  denies: readonly RuleAttributes[],
): void {
  const synthesized = asSynthesized(construct);
  if (synthesized === undefined || rule === undefined) return; // the user removed one of them
  const copy = new RuleAttributes(synthesized);
  if (copy.disabled === true) return;
  const overtaken = denies.flatMap((deny) => overtakenBy(copy, rule, deny) ?? []);
  const sure = overtaken.find(({ doubts }) => doubts.length === 0);
  if (sure !== undefined) throw overtakes(construct, { copy, rule, deny: sure.deny, denies });
  for (const each of overtaken) warnOf(construct, each);
}

/** Returns whether a rule that denies is between a rule and its copy; nothing if it surely is not, or is for other traffic. */
function overtakenBy(copy: RuleAttributes, rule: RuleAttributes, deny: RuleAttributes): Overtaken | undefined {
  const [first, last, between] = [copy.priority, rule.priority, deny.priority];
  if (between !== undefined && ((first !== undefined && between <= first) || (last !== undefined && between > last))) {
    return undefined;
  }
  if (isSurelyOther(deny.direction, copy.direction)) return undefined;
  const network = sameness(deny.place('network'), copy.place('network'));
  if (network === undefined) return undefined;
  const doubts = [
    [between === undefined, 'its priority is known after apply'],
    [first === undefined || last === undefined, 'the priority of the copy is known after apply'],
    [deny.direction === undefined || copy.direction === undefined, 'a direction is known after apply'],
    [deny.denies === undefined, 'only apply tells whether it denies'],
    [deny.disabled === undefined || copy.disabled === undefined, 'only apply tells whether it is enforced'],
    [network === 'perhaps', 'the two networks may be one'],
  ] as const;
  return { deny, doubts: doubts.flatMap(([holds, doubt]) => (holds ? [doubt] : [])) };
}

/** A copy, and the rule that surely denies behind it. */
interface Overtaking extends Pick<Overtaken, 'deny'> {
  readonly copy: RuleAttributes;
  readonly rule: RuleAttributes;
  readonly denies: readonly RuleAttributes[];
}

function overtakes(construct: ComputeFirewall, { copy, rule, deny, denies }: Overtaking): Error {
  const last = rule.priority!;
  const isOfNetwork = (other: RuleAttributes): boolean =>
    !isSurelyOther(other.direction, copy.direction) &&
    sameness(other.place('network'), copy.place('network')) !== undefined;
  const taken = new Set(denies.filter(isOfNetwork).map(({ priority }) => priority));
  const free = Array.from({ length: Math.max(0, LAST_PRIORITY - last) }, (_, index) => last + 1 + index).find(
    (each) => !taken.has(each),
  );
  return refusal(
    construct.friendlyUniqueId,
    'shadow-overtakes-deny',
    `no rule of the network may deny at priority ${deny.priority}, because a copy in front of it (shadow: true) would allow first`,
    deny.name,
    free === undefined || last - 1 !== copy.priority ? 'shadow: false' : `priority: ${free}`,
  );
}

function warnOf(construct: ComputeFirewall, { deny, doubts }: Overtaken): void {
  const message =
    `the copy ${construct.friendlyUniqueId} (shadow: true) may allow what the rule "${deny.name}" denies, because ` +
    `${doubts.join(' and ')}; not evaluated`;
  if (Ledger.of(construct).isNew(message)) warn(construct, message);
}
