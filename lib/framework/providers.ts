import type { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { Construct } from 'constructs';
import { refusal } from '../model/refusal';
import { Framework, frameworkOf } from './framework';

/** The AWS resources that we make. */
export interface AwsProvider {
  readonly SecurityGroup: typeof SecurityGroup;
  readonly VpcSecurityGroupIngressRule: typeof VpcSecurityGroupIngressRule;
  readonly VpcSecurityGroupEgressRule: typeof VpcSecurityGroupEgressRule;
}

/** The AWS resource of a prefix list. */
export interface AwsPrefixListProvider {
  readonly Ec2ManagedPrefixList: typeof Ec2ManagedPrefixList;
}

/** The Google resources that we make. */
export interface GoogleProvider {
  readonly ComputeFirewall: typeof ComputeFirewall;
}

/* eslint-disable @typescript-eslint/no-require-imports */

/** Loads the AWS provider package of the framework of a stack. */
export function awsProvider(stack: Construct, place: string): AwsProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return {
      ...(terrain
        ? require('@cdktn/provider-aws/lib/security-group')
        : require('@cdktf/provider-aws/lib/security-group')),
      ...(terrain
        ? require('@cdktn/provider-aws/lib/vpc-security-group-ingress-rule')
        : require('@cdktf/provider-aws/lib/vpc-security-group-ingress-rule')),
      ...(terrain
        ? require('@cdktn/provider-aws/lib/vpc-security-group-egress-rule')
        : require('@cdktf/provider-aws/lib/vpc-security-group-egress-rule')),
    } as AwsProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-aws' : '@cdktf/provider-aws');
  }
}

/** Loads prefix lists from the AWS provider package of the framework of a stack. */
export function awsPrefixListProvider(stack: Construct, place: string): AwsPrefixListProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return (
      terrain
        ? require('@cdktn/provider-aws/lib/ec2-managed-prefix-list')
        : require('@cdktf/provider-aws/lib/ec2-managed-prefix-list')
    ) as AwsPrefixListProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-aws' : '@cdktf/provider-aws');
  }
}

/** Loads the Google provider package of the framework of a stack. */
export function googleProvider(stack: Construct, place: string): GoogleProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return (
      terrain
        ? require('@cdktn/provider-google/lib/compute-firewall')
        : require('@cdktf/provider-google/lib/compute-firewall')
    ) as GoogleProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-google' : '@cdktf/provider-google');
  }
}

/* eslint-enable @typescript-eslint/no-require-imports */

/** What to throw when a provider package was not found: it says what to install. */
export function missing(error: unknown, place: string, name: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'MODULE_NOT_FOUND' || !message.startsWith(`Cannot find module '${name}/`)) return error;
  return refusal(place, `the package ${name} must be installed for these rules`, 'none', `npm install ${name}`);
}
