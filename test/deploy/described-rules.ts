import { execFileSync } from 'node:child_process';
import { findTools } from './tools';

/** The same call that the AWS command line makes, without its slow start. */
const DESCRIBE = `
import boto3, json, sys
_, endpoint, region, *groups = sys.argv
ec2 = boto3.client("ec2", region, endpoint_url=endpoint, aws_access_key_id="x", aws_secret_access_key="y")
rules = ec2.get_paginator("describe_security_group_rules").paginate(Filters=[{"Name": "group-id", "Values": groups}]).build_full_result()
print(json.dumps(rules, indent=4))
`;

/** Returns what `aws ec2 describe-security-group-rules --filters Name=group-id,Values=...` prints about the fake cloud. */
export function describedRules(endpoint: string, region: string, groupIds: readonly string[]): string {
  return execFileSync(findTools().python, ['-c', DESCRIBE, endpoint, region, ...groupIds], { encoding: 'utf8' });
}
