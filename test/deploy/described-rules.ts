import { execFileSync } from 'node:child_process';
import { findTools } from './tools';

/** What the AWS command line runs for the same command, without its start. */
const DESCRIBE = `
import boto3, json, sys
_, endpoint, region, *groups = sys.argv
ec2 = boto3.client("ec2", region, endpoint_url=endpoint, aws_access_key_id="x", aws_secret_access_key="y")
rules = ec2.get_paginator("describe_security_group_rules").paginate(Filters=[{"Name": "group-id", "Values": groups}]).build_full_result()
print(json.dumps(rules, indent=4))
`;

/** What `aws ec2 describe-security-group-rules --filters Name=group-id,Values=...` prints of the fake cloud. */
export function describedRules(endpoint: string, region: string, groupIds: readonly string[]): string {
  return execFileSync(findTools().python, ['-c', DESCRIBE, endpoint, region, ...groupIds], { encoding: 'utf8' });
}
