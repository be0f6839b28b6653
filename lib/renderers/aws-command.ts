import type { RuleValues } from './rule-values';
import { shellCommand, type ShellPart, type ShellWord } from './shell-words';

const EVERYTHING = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

/** A security group in a command: its id, or the variable of the script that has it. */
export type GroupWord = ShellPart;

/** The command that makes a rule of a security group. */
export function awsRuleCommand(
  direction: 'ingress' | 'egress',
  rule: RuleValues,
  groupOf: (attribute: string) => GroupWord | undefined,
  region?: string,
): string {
  const permission = JSON.stringify([permissionOf(rule)]);
  const far = groupOf('referenced_security_group_id');
  const tags = rule.entries('tags').map(([Key, Value]) => ({ Key, Value }));
  return shellCommand(
    ['aws', 'ec2', `authorize-security-group-${direction}`],
    [
      ['--group-id', groupOf('security_group_id') ?? ''],
      ['--ip-permissions', typeof far === 'object' ? withVariable(permission, far) : permission],
      ...(tags.length > 0
        ? [['--tag-specifications', JSON.stringify([{ ResourceType: 'security-group-rule', Tags: tags }])]]
        : []),
      ...regionOption(region),
    ],
  );
}

/** The commands that make a new security group and keep its id in a variable. */
export function awsGroupCommands(
  variable: string,
  group: RuleValues,
  letsEverythingOut: 'lets everything out' | 'documented egress',
  region?: string,
): string[] {
  const tags = group.entries('tags').map(([Key, Value]) => ({ Key, Value }));
  const create = shellCommand(
    ['aws', 'ec2', 'create-security-group'],
    [
      ['--group-name', (group.text('name_prefix') ?? '').replace(/-$/, '')],
      ['--description', group.text('description') ?? ''],
      ['--vpc-id', group.text('vpc_id') ?? ''],
      ...(tags.length > 0
        ? [['--tag-specifications', JSON.stringify([{ ResourceType: 'security-group', Tags: tags }])]]
        : []),
      ...regionOption(region),
      ['--query', 'GroupId'],
      ['--output', 'text'],
    ],
  );
  const revoke = shellCommand(
    ['aws', 'ec2', 'revoke-security-group-egress'],
    [['--group-id', { variable }], ['--ip-permissions', JSON.stringify(EVERYTHING)], ...regionOption(region)],
  );
  return [`${variable}=$(${create})`, ...(letsEverythingOut === 'lets everything out' ? [] : [revoke])];
}

function permissionOf(rule: RuleValues): object {
  const Description = rule.text('description');
  const [ipv4, ipv6, list, group] = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'].map(
    (name) => rule.text(name),
  );
  const [UserId, GroupId] = group?.includes('/') ? group.split('/') : [undefined, group];
  return {
    IpProtocol: rule.text('ip_protocol'),
    FromPort: Number(rule.text('from_port')),
    ToPort: Number(rule.text('to_port')),
    IpRanges: ipv4 && [{ CidrIp: ipv4, Description }],
    Ipv6Ranges: ipv6 && [{ CidrIpv6: ipv6, Description }],
    PrefixListIds: list && [{ PrefixListId: list, Description }],
    UserIdGroupPairs: group && [{ UserId, GroupId, Description }],
  };
}

/** JSON in which the id of a group is a variable of the shell. */
function withVariable(json: string, variable: Exclude<GroupWord, string>): ShellWord {
  const at = json.lastIndexOf('"GroupId":"') + '"GroupId":"'.length;
  return [json.slice(0, at), variable, json.slice(json.indexOf('"', at))];
}

function regionOption(region: string | undefined): string[][] {
  return region === undefined ? [] : [['--region', region]];
}
