/** A rule as the API describes it. */
export interface DescribedRule {
  readonly id: string;
  readonly groupId: string;
  readonly direction: 'ingress' | 'egress';
  /** `tcp`, `-1`, `58`. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** An IP range, or the id of a group or of a prefix list. */
  readonly farEnd: string;
}

/** Calls the fake EC2 of a region, like the AWS command line. */
export class Ec2Api {
  public constructor(
    private readonly endpoint: string,
    private readonly region: string,
  ) {}

  /** Returns the rules of all groups except the default ones, sorted: direction, port, far end and group, with groups and lists by name. */
  public async rules(): Promise<string[]> {
    const groups = new Map(
      (await this.items('DescribeSecurityGroups')).map((group) => [text(group, 'groupId'), text(group, 'groupName')]),
    );
    const lists = (await this.items('DescribeManagedPrefixLists')).map((list): [string, string] => [
      text(list, 'prefixListId'),
      text(list, 'prefixListName'),
    ]);
    const names = new Map([...groups, ...lists]);
    const rules = await this.items('DescribeSecurityGroupRules');
    return rules
      .filter((rule) => groups.get(text(rule, 'groupId')) !== 'default')
      .map((rule) => ruleLine(rule, names))
      .sort();
  }

  /** Returns every rule of some groups, as the API describes it. */
  public async describedRules(groupIds: ReadonlySet<string>): Promise<DescribedRule[]> {
    const rules = await this.items('DescribeSecurityGroupRules');
    return rules
      .map((rule): DescribedRule => ({
        id: text(rule, 'securityGroupRuleId'),
        groupId: text(rule, 'groupId'),
        direction: text(rule, 'isEgress') === 'true' ? 'egress' : 'ingress',
        protocol: text(rule, 'ipProtocol'),
        from: Number(text(rule, 'fromPort') || -1),
        to: Number(text(rule, 'toPort') || -1),
        farEnd: text(rule, 'cidrIpv4') || text(rule, 'cidrIpv6') || text(rule, 'prefixListId') || referencedGroup(rule),
      }))
      .filter(({ groupId }) => groupIds.has(groupId));
  }

  /** Returns the id of the group with a name, not counting the suffix that Terraform adds. */
  public async groupId(name: string): Promise<string> {
    const groups = await this.items('DescribeSecurityGroups');
    return text(
      groups.find((group) => withoutSuffix(text(group, 'groupName')) === name)!,
      'groupId',
    );
  }

  /** Creates a group without Terraform, and returns its id. EC2 gives it a rule that allows all outbound traffic. */
  public async createGroupByHand(name: string): Promise<string> {
    await this.items('CreateSecurityGroup', { GroupName: name, GroupDescription: 'made by hand' });
    return this.groupId(name);
  }

  /** Deletes groups without Terraform, which works once nothing refers to them. */
  public async deleteGroupsByHand(...groupIds: string[]): Promise<void> {
    for (const GroupId of groupIds) await this.items('DeleteSecurityGroup', { GroupId });
  }

  /** Returns the id of the VPC of the groups that are created by hand. */
  public async vpcId(): Promise<string> {
    const vpcs = await this.items('DescribeVpcs');
    return text(
      vpcs.find((vpc) => text(vpc, 'isDefault') === 'true')!,
      'vpcId',
    );
  }

  /** Opens a TCP port without Terraform, and returns the id of the rule. */
  public async openByHand(groupName: string, port: number, cidr: string): Promise<string> {
    return this.openInGroupByHand(await this.groupId(groupName), port, cidr);
  }

  /** Opens a TCP port of a group without Terraform, and returns the id of the rule. */
  public async openInGroupByHand(groupId: string, port: number, cidr: string): Promise<string> {
    const permission = { IpProtocol: 'tcp', FromPort: `${port}`, ToPort: `${port}`, 'IpRanges.1.CidrIp': cidr };
    const [rule] = await this.items('AuthorizeSecurityGroupIngress', {
      GroupId: groupId,
      ...Object.fromEntries(Object.entries(permission).map(([name, value]) => [`IpPermissions.1.${name}`, value])),
    });
    return text(rule, 'securityGroupRuleId');
  }

  /** Deletes a rule without Terraform. */
  public async closeByHand({ id, groupId, direction }: DescribedRule): Promise<void> {
    const action = direction === 'ingress' ? 'RevokeSecurityGroupIngress' : 'RevokeSecurityGroupEgress';
    await this.items(action, { GroupId: groupId, 'SecurityGroupRuleId.1': id });
  }

  /** Returns the prefix lists of the account by id, each with its name and sorted ranges: `offices 10.8.0.0/16 10.9.0.0/16`. */
  public async prefixLists(): Promise<Map<string, string>> {
    const lists = (await this.items('DescribeManagedPrefixLists')).filter((list) => text(list, 'ownerId') !== 'AWS');
    const lines = lists.map(async (list): Promise<[string, string]> => {
      const id = text(list, 'prefixListId');
      const entries = await this.items('GetManagedPrefixListEntries', { PrefixListId: id });
      return [id, [text(list, 'prefixListName'), ...entries.map((entry) => text(entry, 'cidr')).sort()].join(' ')];
    });
    return new Map(await Promise.all(lines));
  }

  /** Returns the outermost items of an answer. */
  private async items(action: string, parameters: Record<string, string> = {}): Promise<string[]> {
    const credential = `Credential=x/20260101/${this.region}/ec2/aws4_request, SignedHeaders=host, Signature=x`;
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `AWS4-HMAC-SHA256 ${credential}`,
      },
      body: new URLSearchParams({ Action: action, Version: '2016-11-15', ...parameters }).toString(),
    });
    return outermostItems(await response.text());
  }
}

function outermostItems(xml: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of xml.matchAll(/<\/?item>/g)) {
    if (tag === '<item>' && depth++ === 0) start = index + tag.length;
    if (tag === '</item>' && --depth === 0) items.push(xml.slice(start, index));
  }
  return items;
}

function ruleLine(rule: string, names: ReadonlyMap<string, string>): string {
  const [direction, side] = text(rule, 'isEgress') === 'true' ? ['egress', 'to'] : ['ingress', 'from'];
  const [protocol, from, to] = ['ipProtocol', 'fromPort', 'toPort'].map((name) => text(rule, name));
  const port = protocol === '-1' ? 'everything' : `${from === to ? from : `${from}-${to}`}/${protocol}`;
  const farEnd =
    text(rule, 'cidrIpv4') ||
    text(rule, 'cidrIpv6') ||
    name(text(rule, 'prefixListId') || referencedGroup(rule), names);
  return `${direction} ${port} ${side} ${farEnd} at ${name(text(rule, 'groupId'), names)}`;
}

function referencedGroup(rule: string): string {
  return /<referencedGroupInfo><groupId>(.*?)<\/groupId>/.exec(rule)?.[1] ?? '';
}

function name(id: string, names: ReadonlyMap<string, string>): string {
  return withoutSuffix(names.get(id) ?? id);
}

/** Removes the suffix that Terraform adds to the name of a group. */
function withoutSuffix(groupName: string): string {
  return groupName.replace(/-[0-9a-f]{26}$/, '');
}

function text(item: string, element: string): string {
  return new RegExp(`<${element}>(.*?)</${element}>`).exec(item)?.[1] ?? '';
}
