import { TerraformStack, Testing } from 'cdktf';
import { AwsSecurityGroup, Egress, GcpFirewall, GcpFirewallPolicy, type IHostGroup } from 'cdktf-cluster-ports';
import { opened } from './opened';

/** A stack in an app of its own. */
export function newStack(): TerraformStack {
  return new TerraformStack(Testing.app(), 'stack');
}

/** A cloud on which tests of constructs run. */
export interface Cloud {
  readonly name: string;
  /** Creates a host group that the lines of `opened` show under this name. */
  readonly group: (stack: TerraformStack, name: string) => IHostGroup;
}

const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });

/** Both clouds. On AWS all outbound traffic is allowed, so that the lines show only ingress. */
export const CLOUDS: Cloud[] = [
  { name: 'GCP', group: (_stack, name) => firewall.networkTag(name) },
  {
    name: 'AWS',
    group: (stack, name) =>
      new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL }),
  },
];

const policy = new GcpFirewallPolicy({ policy: 'prod', project: 'net-host' });
/** The name of each secure tag, which has only a number. */
const tagNames: string[] = [];

/** The firewall of GCP that selects its machines by secure tags. */
export const FIREWALL_POLICY: Cloud = {
  name: 'a firewall policy of GCP',
  group: (_stack, name) => {
    if (!tagNames.includes(name)) tagNames.push(name);
    return policy.secureTag(`tagValues/${tagNames.indexOf(name) + 1}`);
  },
};

/** Returns the name of the machines with a secure tag, such as `tagValues/1`. */
export function nameOfTag(tag: string): string {
  return tagNames[Number(tag.slice('tagValues/'.length)) - 1];
}

/** Tests that a construct opens the same lines on both clouds, and compares the Terraform with a snapshot. */
export function opensOnBothClouds(
  what: string,
  construct: (stack: TerraformStack, group: (name: string) => IHostGroup) => void,
  lines: string[],
): void {
  test.each(CLOUDS)(`${what} on $name`, ({ group }) => {
    const stack = newStack();
    construct(stack, (name) => group(stack, name));
    expect(opened(stack).filter((line) => !line.startsWith('egress everything'))).toEqual([...lines].sort());
    expect(Testing.synth(stack)).toMatchSnapshot();
  });
}
