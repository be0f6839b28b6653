import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { IConstruct } from 'constructs';
import { stackOf } from '../../framework';
import { refusal } from '../../input';
import { StackRecord } from '../../opening';
import { DEFAULT_PRIORITY } from './gcp-firewall-props';
import { mayBeSame, type NamedPlace } from './same-resource';

const LAST_PRIORITY = 65534;

/** Checks a copy of a rule again when all resources of the app exist, because a user may create a rule that denies later. */
export function checkShadowAtSynthesis(shadow: ComputeFirewall): void {
  StackRecord.of(stackOf(shadow, shadow.node.path)).addCheck(() => {
    checkShadow(shadow);
  });
}

/**
 * Throws if a rule of the app denies at the priority of the copied rule: of two rules with the same priority, the one that denies
 * wins, and it would lose to the copy. See `priority` in
 * https://github.com/hashicorp/terraform-provider-google/blob/27772062c0894c4b5c1f3208020fd99216ae2462/website/docs/r/compute_firewall.html.markdown
 */
function checkShadow(shadow: ComputeFirewall): void {
  const priority = priorityOf(shadow)! + 1;
  const denies = firewallsOf(shadow.node.root).filter(isDeny);
  const denied = denies.find((other) => priorityOf(other) === priority && isSamePlace(other, shadow));
  if (denied === undefined) return;
  const taken = new Set(denies.filter((other) => isSamePlace(other, shadow)).map(priorityOf));
  const free = Array.from({ length: LAST_PRIORITY - priority }, (_, index) => priority + 1 + index).find(
    (each) => !taken.has(each),
  );
  throw refusal(
    shadow.friendlyUniqueId,
    'shadow-overtakes-deny',
    `no rule of the network may deny at priority ${priority}, because a copy in front of it (shadow: true) would allow first`,
    denied.node.path,
    free === undefined ? 'shadow: false' : `priority: ${free}`,
  );
}

const TYPE = 'google_compute_firewall';

function firewallsOf(root: IConstruct): ComputeFirewall[] {
  return root.node.findAll().filter(isFirewall);
}

function isFirewall(construct: IConstruct): construct is ComputeFirewall {
  return (construct as Partial<ComputeFirewall>).terraformResourceType === TYPE;
}

function isDeny({ denyInput }: ComputeFirewall): boolean {
  return denyInput !== undefined && (!Array.isArray(denyInput) || denyInput.length > 0);
}

/** Returns the priority of a rule; nothing if it is known after apply. Numbers that are tokens are negative. */
function priorityOf({ priorityInput = DEFAULT_PRIORITY }: ComputeFirewall): number | undefined {
  return priorityInput < 0 ? undefined : priorityInput;
}

/** Whether two rules are of one network and direction, as far as this is known at synthesis. */
function isSamePlace(other: ComputeFirewall, shadow: ComputeFirewall): boolean {
  const direction = (rule: ComputeFirewall): string => rule.directionInput ?? 'INGRESS';
  const isKnown = other.disabledInput !== true && direction(other) === direction(shadow);
  return isKnown && mayBeSame(networkOf(other), networkOf(shadow));
}

function networkOf(rule: ComputeFirewall): NamedPlace {
  const { networkInput: value = '', projectInput, provider } = rule;
  const project = projectInput === '' ? undefined : projectInput;
  return { value, project, provider, stack: stackOf(rule, rule.node.path), place: rule.node.path };
}
