variable "database_rules" {
  type    = any
  default = {}
}

variable "databases_office" {
  type    = string
  default = "10.8.0.0/16"
}

variable "teams" {
  type    = set(string)
  default = ["blue", "green"]
}

variable "description_of_worker" {
  type    = string
  default = "worker"
}

resource "aws_vpc" "separate" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "offices"
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr = "10.40.0.0/16"
  }

  entry {
    cidr = "10.42.0.0/16"
  }
}

module "alb" {
  source = "./modules/alb"
  name   = "public"
  vpc_id = aws_vpc.separate.id
  security_group_ingress_rules = {
    http  = { from_port = 80, to_port = 82, ip_protocol = "tcp", cidr_ipv4 = "0.0.0.0/0" }
    https = { from_port = 443, to_port = 443, cidr_ipv6 = "::/0" }
    lists = { from_port = 8443, to_port = 8443, prefix_list_id = aws_ec2_managed_prefix_list.offices.id }
  }
  security_group_egress_rules = {
    all      = { ip_protocol = "-1", cidr_ipv4 = aws_vpc.separate.cidr_block }
    database = { from_port = 5432, to_port = 5432, referenced_security_group_id = module.aurora.security_group_id }
  }
}

module "aurora" {
  source = "./modules/rds-aurora"
  name   = "aurora"
  vpc_id = aws_vpc.separate.id
  security_group_ingress_rules = merge({
    office  = { cidr_ipv4 = var.databases_office }
    itself  = { referenced_security_group_id = "self", from_port = 3306, to_port = 3306 }
    workers = { referenced_security_group_id = module.worker.id }
    ping    = { ip_protocol = "icmp", from_port = 8, to_port = 0, cidr_ipv4 = "10.20.0.0/16" }
  }, var.database_rules)
  security_group_egress_rules = {
    everything = { ip_protocol = "-1", cidr_ipv6 = "::/0" }
  }
}

module "worker" {
  source = "./modules/cloudposse-security-group"
  name   = var.description_of_worker
  vpc_id = aws_vpc.separate.id
  rules = [
    { key = "ssh", type = "ingress", from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = [var.databases_office], self = null },
    { key = "ssh-vpn", type = "ingress", from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["10.9.0.0/16"], self = null },
  ]
  rule_matrix = [{
    key                       = "nodes"
    cidr_blocks               = ["10.20.0.0/18"]
    prefix_list_ids           = [aws_ec2_managed_prefix_list.offices.id]
    source_security_group_ids = [module.alb.security_group_id, aws_vpc.separate.default_security_group_id]
    rules = [
      { key = "kubelet", type = "ingress", from_port = 10250, to_port = 10250, protocol = "tcp" },
      { key = "vxlan", type = "ingress", from_port = 8472, to_port = 8472, protocol = "udp" },
    ]
  }]
}

module "bastion" {
  source                = "./modules/cloudposse-security-group"
  name                  = "bastion"
  vpc_id                = aws_vpc.separate.id
  create_before_destroy = false
  inline_rules_enabled  = true
  rules = [
    { key = "ssh", type = "ingress", from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["10.8.0.0/16"], self = null },
    { key = "own", type = "ingress", from_port = 0, to_port = 0, protocol = "-1", cidr_blocks = [], self = true },
  ]
  rule_matrix = [{
    key                       = "workers"
    source_security_group_ids = [module.worker.id]
    rules                     = [{ key = "dns", type = "ingress", from_port = 53, to_port = 53, protocol = "udp" }]
  }]
}

module "platform" {
  source = "./modules/platform"
  vpc_id = aws_vpc.separate.id
  teams  = var.teams
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  for_each                     = module.platform.api
  security_group_id            = each.value
  referenced_security_group_id = module.alb.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
}

resource "aws_vpc_security_group_ingress_rule" "metrics" {
  for_each          = module.platform.ids
  security_group_id = lookup(each.value, "${each.key}-web")
  cidr_ipv4         = "10.90.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 9100
  to_port           = 9100
}

resource "aws_vpc_security_group_ingress_rule" "agent" {
  count             = 2
  security_group_id = module.platform.all[count.index]
  cidr_ipv4         = "10.91.${count.index}.0/24"
  ip_protocol       = "tcp"
  from_port         = 9000 + count.index
  to_port           = 9000 + count.index
}
