import type { EndName } from '../rule';
import { parseRange, rangesIn, rangeText } from '../sets';
import { type Block, isUnknown, type UnknownValue } from '../terraform';
import type { AwsContext } from './aws-names';

/**
 * Returns the far ends of a rule as AWS compares them: one text for each range, group and prefix list. Two rules that share one are
 * the same rule to AWS if their group, direction and ports are equal. Far ends that are known after apply are left out, because equal
 * expressions may have different values in two modules.
 */
export function writtenFarEnds(block: Block, own: EndName | undefined, { names }: AwsContext): string[] {
  const texts = (single: string, list: string): (string | UnknownValue)[] =>
    [block.text(single) ?? [], block.texts(list)].flat();
  const ranges = [...texts('cidr_ipv4', 'cidr_blocks'), ...texts('cidr_ipv6', 'ipv6_cidr_blocks')];
  const groups = [
    block.text('source_security_group_id') ?? [],
    ...texts('referenced_security_group_id', 'security_groups'),
  ];
  return [
    ...ranges.flatMap((range) => (isUnknown(range) ? [] : canonical(range))),
    ...groups.flat().flatMap((id) => names.group(id) ?? []),
    ...(block.value('self') === true && own !== undefined ? [own] : []),
    ...texts('prefix_list_id', 'prefix_list_ids').flatMap((id) => nameOfList(id, names)),
  ];
}

/** Returns the prefix lists of a rule whose maximum number of entries is not known, so that the rule may count more than once. */
export function uncountedLists(block: Block, { names, listSizes }: AwsContext): string[] {
  const ids = [block.text('prefix_list_id') ?? [], block.texts('prefix_list_ids')].flat();
  return ids
    .flatMap((id) => names.list(id) ?? 'a prefix list known after apply')
    .filter((name) => !listSizes.has(name));
}

function nameOfList(id: string | UnknownValue, names: AwsContext['names']): string[] {
  const name = names.list(id);
  return name === undefined ? [] : [`list:${name}`];
}

function canonical(text: string): string {
  const range = parseRange(text);
  if ('problem' in range) return text;
  const [only] = rangesIn(range.bounds);
  return rangeText(range.family, only);
}
