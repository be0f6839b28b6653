terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "office" {
  type    = list(string)
  default = ["10.8.0.0/16", "10.10.0.0/17"]
}

variable "web_rules" {
  type    = list(string)
  default = ["https-443-tcp", "http-80-tcp", "all-icmp"]
}

variable "node_rules" {
  type    = any
  default = {}
}

module "vpc" {
  source                         = "./modules/vpc"
  cidr                           = "10.20.0.0/16"
  public_subnets                 = ["10.20.1.0/24"]
  default_security_group_ingress = [{ self = true }, { cidr_blocks = "10.20.0.0/16,10.21.0.0/16", from_port = 123, to_port = 123, protocol = "udp" }]
  default_security_group_egress  = [{ cidr_blocks = "0.0.0.0/0" }]
}

module "web" {
  source                   = "./modules/security-group"
  name                     = "web"
  vpc_id                   = module.vpc.vpc_id
  ingress_cidr_blocks      = var.office
  ingress_ipv6_cidr_blocks = ["2001:db8::/32"]
  ingress_rules            = var.web_rules
  ingress_with_self        = [{ rule = "all-all" }, { from_port = 9000, to_port = 9010, protocol = 6, self = true }]
  egress_rules             = ["all-all"]
}

resource "aws_eip" "office" {
  domain = "vpc"
}

module "database" {
  source          = "./modules/security-group"
  name            = "database"
  use_name_prefix = false
  vpc_id          = module.vpc.vpc_id
  ingress_with_source_security_group_id = [
    { rule = "postgresql-tcp", source_security_group_id = module.web.security_group_id },
  ]
  computed_ingress_with_source_security_group_id = [
    { from_port = 6432, to_port = 6433, protocol = "tcp", source_security_group_id = module.eks.node_security_group_id },
  ]
  number_of_computed_ingress_with_source_security_group_id = 1
  ingress_with_cidr_blocks = [
    { rule = "ssh-tcp", cidr_blocks = "10.30.0.0/24,10.30.2.0/24" },
    { from_port = 8, to_port = 0, protocol = "icmp", cidr_blocks = "10.0.0.0/8" },
  ]
  computed_ingress_with_cidr_blocks           = [{ rule = "dns-udp", cidr_blocks = "${aws_eip.office.public_ip}/32" }]
  number_of_computed_ingress_with_cidr_blocks = 1
  egress_rules                                = ["https-443-tcp"]
  egress_cidr_blocks                          = ["10.0.0.0/8"]
  egress_ipv6_cidr_blocks                     = []
}

# rules for a group that a different module creates
module "more_for_web" {
  source                   = "./modules/security-group"
  create_sg                = false
  security_group_id        = module.web.security_group_id
  ingress_with_cidr_blocks = [{ from_port = 7000, to_port = 7001, protocol = "tcp", cidr_blocks = "192.168.0.0/16" }]
}

module "eks" {
  source       = "./modules/eks"
  cluster_name = "blue"
  vpc_id       = module.vpc.vpc_id
  node_security_group_additional_rules = merge({
    ingress_web = {
      protocol                 = "tcp"
      from_port                = 30000
      to_port                  = 32767
      type                     = "ingress"
      source_security_group_id = module.web.security_group_id
    }
    ingress_self_all = { protocol = "-1", from_port = 0, to_port = 0, type = "ingress", self = true }
  }, var.node_rules)
  cluster_security_group_additional_rules = {
    egress_nodes_ephemeral_ports_tcp = {
      protocol                   = "tcp"
      from_port                  = 1025
      to_port                    = 65535
      type                       = "egress"
      source_node_security_group = true
    }
    ingress_office = { protocol = "tcp", from_port = 443, to_port = 443, type = "ingress", cidr_blocks = var.office }
  }
}
