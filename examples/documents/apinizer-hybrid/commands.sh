#!/bin/sh
set -eu

# 25080/tcp from security group apinizer-workers to mongodb-berlin: Apinizer configuration database port
# the firewall team opens it at the destination: see "cluster-ports request"
group_1=$(aws ec2 create-security-group \
--group-name apinizer-workers \
--description 'Ports that Kubernetes platforms document; each rule names its document' \
--vpc-id '<aws_vpc.vpc.id>' \
--tag-specifications '[{"ResourceType":"security-group","Tags":[{"Key":"team","Value":"integration"}]}]' \
--region eu-central-1 \
--query GroupId \
--output text)
aws ec2 revoke-security-group-egress \
--group-id "$group_1" \
--ip-permissions '[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]' \
--region eu-central-1
aws ec2 authorize-security-group-egress \
--group-id "$group_1" \
--ip-permissions '[{"IpProtocol":"tcp","FromPort":25080,"ToPort":25080,"IpRanges":[{"CidrIp":"10.8.0.0/28","Description":"Apinizer configuration database port [apinizer-data-stores@2024-12/worker-to-mongodb/mongodb]"}]}]' \
--tag-specifications '[{"ResourceType":"security-group-rule","Tags":[{"Key":"team","Value":"integration"}]}]' \
--region eu-central-1

# 9200/tcp from security group apinizer-workers to elasticsearch-berlin: API Application port of the Analytics server where traffic logs are written
# the firewall team opens it at the destination: see "cluster-ports request"
aws ec2 authorize-security-group-egress \
--group-id "$group_1" \
--ip-permissions '[{"IpProtocol":"tcp","FromPort":9200,"ToPort":9200,"IpRanges":[{"CidrIp":"10.8.0.16/28","Description":"API Application port of the Analytics server where traffic logs are written [apinizer-data-stores@2024-12/worker-to-elasticsearch/elasticsearch]"}]}]' \
--tag-specifications '[{"ResourceType":"security-group-rule","Tags":[{"Key":"team","Value":"integration"}]}]' \
--region eu-central-1

# 30080/tcp from partners to security group apinizer-workers: Default NodePort for Apinizer API Gateway access (prod)
aws ec2 authorize-security-group-ingress \
--group-id "$group_1" \
--ip-permissions '[{"IpProtocol":"tcp","FromPort":30080,"ToPort":30080,"IpRanges":[{"CidrIp":"198.51.100.0/24","Description":"Default NodePort for Apinizer API Gateway access [apinizer-node-ports@2024-12/gateway-client-to-worker/api-gateway]"}]}]' \
--tag-specifications '[{"ResourceType":"security-group-rule","Tags":[{"Key":"team","Value":"integration"}]}]' \
--region eu-central-1
aws ec2 authorize-security-group-ingress \
--group-id "$group_1" \
--ip-permissions '[{"IpProtocol":"tcp","FromPort":30080,"ToPort":30080,"Ipv6Ranges":[{"CidrIpv6":"2001:db8:100::/48","Description":"Default NodePort for Apinizer API Gateway access [apinizer-node-ports@2024-12/gateway-client-to-worker/api-gateway]"}]}]' \
--tag-specifications '[{"ResourceType":"security-group-rule","Tags":[{"Key":"team","Value":"integration"}]}]' \
--region eu-central-1
