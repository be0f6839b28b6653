import { isVisible } from '../../input';
import { shellCommand, type ShellPart, type ShellWord } from '../../text';
import type { RuleValues } from './rule-values';

/** Terraform's default description. AWS requires one. */
const DEFAULT_DESCRIPTION = 'Managed by Terraform';
const EVERYTHING = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

/** The id of a security group or prefix list, or the shell variable that holds it. */
export type IdWord = ShellPart;

/** Renders the command that creates a rule of a security group. */
export function awsRuleCommand(
  direction: 'ingress' | 'egress',
  rule: RuleValues,
  idOf: (attribute: string) => IdWord | undefined,
  region?: string,
): string {
  const permission = JSON.stringify([permissionOf(rule)]);
  const [group, list] = ['referenced_security_group_id', 'prefix_list_id'].map(idOf);
  return shellCommand(
    ['aws', 'ec2', `authorize-security-group-${direction}`],
    [
      ...groupOptions(idOf('security_group_id') ?? ''),
      ['--ip-permissions', withVariable(withVariable(permission, 'GroupId', group), 'PrefixListId', list)],
      ...tagOption('security-group-rule', rule),
      ...regionOption(region),
    ],
  );
}

/** Outbound traffic of a new security group. AWS allows everything until the rule for it is revoked. */
export type NewGroupEgress = 'everything' | 'documented';

/** Renders the commands that create a security group and keep its id in a variable. */
export function awsGroupCommands(
  variable: string,
  group: RuleValues,
  egress: NewGroupEgress,
  region?: string,
): string[] {
  const create = shellCommand(
    ['aws', 'ec2', 'create-security-group'],
    [
      ...textOptions({
        GroupName: group.text('name') ?? (group.text('name_prefix') ?? '').replace(/-$/, ''),
        Description: group.text('description') ?? DEFAULT_DESCRIPTION,
        VpcId: group.text('vpc_id'),
      }),
      ...tagOption('security-group', group),
      ...regionOption(region),
      ['--query', 'GroupId'],
      ['--output', 'text'],
    ],
  );
  const revoke = shellCommand(
    ['aws', 'ec2', 'revoke-security-group-egress'],
    [['--group-id', { variable }], ['--ip-permissions', JSON.stringify(EVERYTHING)], ...regionOption(region)],
  );
  return [`${variable}=$(${create})`, ...(egress === 'everything' ? [] : [revoke])];
}

/** Renders the command that creates a prefix list and keeps its id in a variable. */
export function awsPrefixListCommand(variable: string, list: RuleValues, region?: string): string {
  const [dynamic] = list.blocks('dynamic').flatMap((block) => block.blocks('entry'));
  const entries = list.blocks('entry').map((entry) => entry.text('cidr') ?? '');
  const ranges = dynamic === undefined ? entries : dynamic.texts('for_each');
  const create = shellCommand(
    ['aws', 'ec2', 'create-managed-prefix-list'],
    [
      ...textOptions({ PrefixListName: list.text('name') ?? '', AddressFamily: list.text('address_family') ?? '' }),
      ['--max-entries', list.text('max_entries') ?? ''],
      ['--entries', JSON.stringify(ranges.map((Cidr) => ({ Cidr })))],
      ...tagOption('prefix-list', list),
      ...regionOption(region),
      ['--query', 'PrefixList.PrefixListId'],
      ['--output', 'text'],
    ],
  );
  return `${variable}=$(${create})`;
}

/** Text that the AWS command line interprets: it reads files and web addresses, and takes the rest for an option. */
const INTERPRETED = /^(?:-|fileb?:\/\/|https?:\/\/)/;

/** Renders texts as options. Texts that the AWS command line would interpret are passed as JSON, where it takes them literally. */
function textOptions(parameters: Readonly<Record<string, string | undefined>>): string[][] {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const isLiteral = ([, text]: [string, string]): boolean => !INTERPRETED.test(text) && isVisible(text);
  const interpreted = given.filter((entry) => !isLiteral(entry));
  return [
    ...given.filter(isLiteral).map(([name, text]) => [optionName(name), text]),
    ...(interpreted.length === 0 ? [] : [['--cli-input-json', JSON.stringify(Object.fromEntries(interpreted))]]),
  ];
}

/** Returns the option for a parameter of the API: `--group-name` for `GroupName`. */
function optionName(parameter: string): string {
  return `-${parameter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function groupOptions(id: IdWord): ShellWord[][] {
  return typeof id === 'string' ? textOptions({ GroupId: id }) : [['--group-id', id]];
}

function permissionOf(rule: RuleValues): object {
  const Description = rule.text('description');
  const [ipv4, ipv6, list, group] = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'].map(
    (name) => rule.text(name),
  );
  const [UserId, GroupId] = group?.includes('/') ? group.split('/') : [undefined, group];
  return {
    IpProtocol: rule.text('ip_protocol'),
    FromPort: numberOf(rule.text('from_port')),
    ToPort: numberOf(rule.text('to_port')),
    IpRanges: ipv4 && [{ CidrIp: ipv4, Description }],
    Ipv6Ranges: ipv6 && [{ CidrIpv6: ipv6, Description }],
    PrefixListIds: list && [{ PrefixListId: list, Description }],
    UserIdGroupPairs: group && [{ UserId, GroupId, Description }],
  };
}

/** IP protocols without ports have neither. A port that is not known is a placeholder: `<var.port>`. */
function numberOf(text: string | undefined): number | string | undefined {
  const number = text === undefined ? NaN : Number(text);
  return Number.isNaN(number) ? text : number;
}

/** Replaces the id of a group or list in JSON by a shell variable. */
function withVariable(json: ShellWord, field: 'GroupId' | 'PrefixListId', id: IdWord | undefined): ShellWord {
  if (typeof id !== 'object' || typeof json !== 'string') return json;
  const start = `"${field}":"`;
  const at = json.lastIndexOf(start) + start.length;
  return [json.slice(0, at), id, json.slice(json.indexOf('"', at))];
}

function tagOption(ResourceType: string, values: RuleValues): string[][] {
  const Tags = values.entries('tags').map(([Key, Value]) => ({ Key, Value }));
  return Tags.length > 0 ? [['--tag-specifications', JSON.stringify([{ ResourceType, Tags }])]] : [];
}

function regionOption(region: string | undefined): string[][] {
  return region === undefined ? [] : [['--region', region]];
}
