import type { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import type { Construct, IConstruct } from 'constructs';
import { Ledger } from '../framework/ledger';
import { StackRecord } from '../framework/stack-record';
import { knownExpression, ownerOf } from '../framework/references';
import type { CheckRequest } from '../model/endpoint';
import { holdsToken, literal } from '../model/token-text';
import { SecurityGroupRule } from './security-group-rule';

/** Everything that makes the answer of an analysis stale when it changes: rules, prefix lists, and what the user names. */
export function analysisTriggers(request: CheckRequest): Record<string, unknown> {
  const { rules, resources, triggers = {} } = request;
  return {
    ...Object.fromEntries(rules.map((address, at) => [address, ruleIds(address, resources[at] as Looped)])),
    ...Object.fromEntries(listsOf(request).flatMap(listTriggers)),
    ...Object.fromEntries(Object.entries(triggers).map(([name, value]) => [name, asGiven(value)])),
  };
}

type Looped = IConstruct & { readonly forEach?: unknown };

/** Of a resource that is made in a loop there are several. */
function ruleIds(address: string, { forEach }: Looped): string {
  return forEach === undefined ? `\${${address}.id}` : `\${values(${address})[*].id}`;
}

/** The prefix lists that we make and that rules name: their ranges change in place, and no rule with them. */
function listsOf({ stack, place, resources }: CheckRequest): PrefixListAt[] {
  const asked = new Set(resources);
  const created = Ledger.of(stack).created();
  const ids = created.flatMap(({ rule, resource }) =>
    rule instanceof SecurityGroupRule && asked.has(resource) ? rule.prefixLists.map(({ id }) => id) : [],
  );
  const lists = ids.flatMap((id) => listAt(id, stack, place) ?? []);
  return [...new Map(lists.map((list) => [list.name, list])).values()];
}

interface PrefixListAt {
  readonly name: string;
  readonly list: Ec2ManagedPrefixList;
}

function listAt(id: string, stack: Construct, place: string): PrefixListAt | undefined {
  const address = knownExpression(id, stack, place)?.replace(/\.id$/, '');
  if (address === undefined) return undefined;
  const owner = ownerOf(id, stack, place);
  const list = StackRecord.find(owner)?.at(address) as Ec2ManagedPrefixList | undefined;
  return list && { name: owner === stack ? address : `${owner.node.path}/${address}`, list };
}

function listTriggers({ name, list }: PrefixListAt): [string, unknown][] {
  return [
    [name, list.id],
    [`${name}.version`, list.version],
  ];
}

function asGiven(value: string): string {
  return holdsToken(value) ? value : literal(value);
}
