"""Prints the rules of all security groups but the default ones: direction, port, far end and group, as the EC2 API says."""

import sys

import boto3

endpoint, region = sys.argv[1:]
ec2 = boto3.client("ec2", region, endpoint_url=endpoint, aws_access_key_id="x", aws_secret_access_key="y")
pages = ec2.get_paginator("describe_security_groups").paginate()
groups = {group["GroupId"]: group["GroupName"] for page in pages for group in page["SecurityGroups"]}


def port(rule):
    if rule["IpProtocol"] == "-1":
        return "everything"
    first, last = rule["FromPort"], rule["ToPort"]
    return f"{first}/{rule['IpProtocol']}" if first == last else f"{first}-{last}/{rule['IpProtocol']}"


def far_end(rule):
    group = rule.get("ReferencedGroupInfo", {}).get("GroupId")
    return rule.get("CidrIpv4") or rule.get("CidrIpv6") or rule.get("PrefixListId") or groups.get(group, group)


lines = []
for page in ec2.get_paginator("describe_security_group_rules").paginate():
    for rule in page["SecurityGroupRules"]:
        if groups[rule["GroupId"]] != "default":
            direction, side = ("egress", "to") if rule["IsEgress"] else ("ingress", "from")
            lines.append(f"{direction} {port(rule)} {side} {far_end(rule)} at {groups[rule['GroupId']]}")
print("\n".join(sorted(lines)))
