export { AwsSecurityGroup, type AwsSecurityGroupProps } from './aws-security-group';
export { type ExistingSecurityGroupOptions } from './existing-security-group';
export { ruleAddress, RuleDirection } from './rule-address';
export { SecurityGroupRule } from './security-group-rule';
export { UnmanagedRules } from './unmanaged-rules';
