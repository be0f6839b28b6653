import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { TerraformStack } from 'cdktf';
import { AwsRuleImports, AwsSecurityGroup, Peer, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';
import { readFileSync } from 'node:fs';

/** The ports in the document of vCluster, which are open before each recipe. */
export const PORTS = [8443, 9443, 9444];
export const RANGE = '172.16.0.0/28';
/** A second range, for resources that hold several. */
export const OTHER_RANGE = '172.16.1.0/28';

/** Creates the security group of the user, named after who opened its ports, and returns its id. */
export function groupOf(stack: TerraformStack, name: string, vpcId: string): string {
  return new SecurityGroup(stack, name, { namePrefix: `${name}-`, vpcId }).id;
}

/** Creates the construct of this library that takes over the rules. */
export function documented(
  stack: TerraformStack,
  key: string,
  id: string,
  ...ranges: string[]
): VClusterPlatformIngressRules {
  const platform = AwsSecurityGroup.fromId(id, { key });
  return new VClusterPlatformIngressRules(stack, `${key}-ports`, { kubernetesApi: Peer.cidr(...ranges), platform });
}

/** Raw cdktf resources, one per port. */
export const RAW = {
  before: (stack: TerraformStack, vpcId: string): void => {
    const rule = { securityGroupId: groupOf(stack, 'raw', vpcId), ipProtocol: 'tcp', cidrIpv4: RANGE };
    for (const port of PORTS) {
      new VpcSecurityGroupIngressRule(stack, `raw-${port}`, { ...rule, fromPort: port, toPort: port });
    }
  },
  after: (stack: TerraformStack, vpcId: string): void => {
    const rules = documented(stack, 'raw', groupOf(stack, 'raw', vpcId), RANGE);
    // #region moved
    stack.addOverride(
      'moved',
      [8443, 9443, 9444].map((port) => ({
        from: `aws_vpc_security_group_ingress_rule.raw-${port}`, // the logical id, as in cdk.tf.json
        to: rules.dependables.find(({ fqn }) => fqn.includes(`_${port}_`))?.fqn,
      })),
    );
    // #endregion
  },
};

/** Rules that a person or a different tool created. */
export const BY_HAND = {
  before: (stack: TerraformStack, vpcId: string): void => {
    groupOf(stack, 'by-hand', vpcId);
  },
  after: (stack: TerraformStack, vpcId: string): void => {
    documented(stack, 'by-hand', groupOf(stack, 'by-hand', vpcId), RANGE);
  },
};

/** Resources of the older type, each of which may hold several ranges and be as many rules in EC2. */
export const LEGACY = {
  before: (stack: TerraformStack, vpcId: string): void => {
    const rule = { type: 'ingress', securityGroupId: groupOf(stack, 'legacy', vpcId), protocol: 'tcp' };
    for (const port of PORTS) {
      const cidrBlocks = [RANGE, OTHER_RANGE];
      new SecurityGroupRule(stack, `legacy-${port}`, { ...rule, fromPort: port, toPort: port, cidrBlocks });
    }
  },
  after: (stack: TerraformStack, vpcId: string): void => {
    documented(stack, 'legacy', groupOf(stack, 'legacy', vpcId), RANGE, OTHER_RANGE);
    // #region removed
    stack.addOverride(
      'removed',
      [8443, 9443, 9444].map((port) => ({
        from: `aws_security_group_rule.legacy-${port}`, // the logical id, as in cdk.tf.json
        lifecycle: { destroy: false },
      })),
    );
    // #endregion
  },
};

/** Blocks inside the group. */
export const INLINE = {
  before: (stack: TerraformStack, vpcId: string): void => {
    // #region inline
    new SecurityGroup(stack, 'inline', {
      namePrefix: 'inline-',
      vpcId,
      ingress: [8443, 9443, 9444].map((port) => ({
        protocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrBlocks: ['172.16.0.0/28', '172.16.1.0/28'],
      })),
    });
    // #endregion
  },
  after: (stack: TerraformStack, vpcId: string): void => {
    // #region without inline
    const platform = new SecurityGroup(stack, 'inline', { namePrefix: 'inline-', vpcId }); // no ingress at all, not []
    // #endregion
    documented(stack, 'inline', platform.id, RANGE, OTHER_RANGE);
  },
};

/** The same group after the construct was removed. */
export const INLINE_CLOSED = {
  after: (stack: TerraformStack, vpcId: string): void => {
    groupOf(stack, 'inline', vpcId);
  },
};

/** Imports all existing rules. */
export function takeOver(stack: TerraformStack, file: string, [byHand, legacy, inline]: readonly string[]): void {
  // #region imports
  new AwsRuleImports(stack, 'imports', {
    describedRules: readFileSync(file, 'utf8'),
    groups: { 'by-hand': byHand, legacy, inline }, // ids by key, of groups whose id is known after apply
  });
  // #endregion
}

/** Moves the construct to a different stack. */
export function moveToNewStack(oldStack: TerraformStack, newStack: TerraformStack, id: string, file: string): void {
  // #region another stack
  const platform = AwsSecurityGroup.fromId(id, { key: 'platform' }); // the same key as before
  const kubernetesApi = Peer.cidr('172.16.0.0/28');
  const { dependables } = new VClusterPlatformIngressRules(newStack, 'vcluster', { kubernetesApi, platform });
  new AwsRuleImports(newStack, 'imports', { describedRules: readFileSync(file, 'utf8') });
  oldStack.addOverride(
    'removed',
    dependables.map(({ fqn }) => ({ from: fqn, lifecycle: { destroy: false } })),
  );
  // #endregion
}
