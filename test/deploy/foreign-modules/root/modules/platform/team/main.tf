variable "vpc_id" {
  type = string
}

variable "team" {
  type = string
}

module "group" {
  source = "./group"
  vpc_id = var.vpc_id
  names  = ["${var.team}-web", "${var.team}-api"]
}

resource "aws_vpc_security_group_ingress_rule" "web_to_api" {
  security_group_id            = module.group.groups["${var.team}-api"].id
  referenced_security_group_id = module.group.ids["${var.team}-web"]
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_vpc_security_group_egress_rule" "any" {
  count             = 2
  security_group_id = element(module.group.list, count.index)
  cidr_ipv4         = ["10.0.0.0/8", "172.16.0.0/12"][count.index]
  ip_protocol       = "-1"
}

output "ids" {
  value = module.group.ids
}

output "api" {
  value = module.group.groups["${var.team}-api"]
}
