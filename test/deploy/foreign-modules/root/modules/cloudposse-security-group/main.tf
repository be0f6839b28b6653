# The shape of cloudposse/security-group/aws: https://github.com/cloudposse/terraform-aws-security-group
variable "name" {
  type = string
}

variable "vpc_id" {
  type    = string
  default = ""
}

variable "target_security_group_id" {
  type    = list(string)
  default = []
}

variable "create_before_destroy" {
  type    = bool
  default = true
}

variable "inline_rules_enabled" {
  type    = bool
  default = false
}

variable "allow_all_egress" {
  type    = bool
  default = true
}

variable "rules" {
  type    = list(any)
  default = []
}

variable "rule_matrix" {
  type    = any
  default = []
}

locals {
  create = length(var.target_security_group_id) == 0

  egress_rules = var.allow_all_egress ? [{
    key                      = "_allow_all_egress_"
    type                     = "egress"
    from_port                = 0
    to_port                  = 0
    protocol                 = "-1"
    description              = "Allow all egress"
    cidr_blocks              = ["0.0.0.0/0"]
    ipv6_cidr_blocks         = ["::/0"]
    prefix_list_ids          = []
    self                     = null
    source_security_group_id = null
  }] : []

  plain_rules = [for rule in var.rules : {
    key                      = rule.key
    type                     = rule.type
    from_port                = rule.from_port
    to_port                  = rule.to_port
    protocol                 = rule.protocol
    description              = lookup(rule, "description", "")
    cidr_blocks              = try(length(rule.cidr_blocks), 0) > 0 ? rule.cidr_blocks : []
    ipv6_cidr_blocks         = try(length(rule.ipv6_cidr_blocks), 0) > 0 ? rule.ipv6_cidr_blocks : []
    prefix_list_ids          = try(length(rule.prefix_list_ids), 0) > 0 ? rule.prefix_list_ids : []
    self                     = lookup(rule, "self", null) == true ? true : null
    source_security_group_id = lookup(rule, "source_security_group_id", null)
  }]

  source_rules = flatten([for subject in var.rule_matrix : [for rule in subject.rules : [for index, source in lookup(subject, "source_security_group_ids", []) : {
    key                      = "${subject.key}#${rule.key}#sg#${index}"
    type                     = rule.type
    from_port                = rule.from_port
    to_port                  = rule.to_port
    protocol                 = rule.protocol
    description              = ""
    cidr_blocks              = []
    ipv6_cidr_blocks         = []
    prefix_list_ids          = []
    self                     = null
    source_security_group_id = source
  }]]])

  cidr_rules = flatten([for subject in var.rule_matrix : [for rule in subject.rules : {
    key                      = "${subject.key}#${rule.key}#cidr"
    type                     = rule.type
    from_port                = rule.from_port
    to_port                  = rule.to_port
    protocol                 = rule.protocol
    description              = ""
    cidr_blocks              = lookup(subject, "cidr_blocks", [])
    ipv6_cidr_blocks         = []
    prefix_list_ids          = lookup(subject, "prefix_list_ids", [])
    self                     = null
    source_security_group_id = null
  } if length(lookup(subject, "cidr_blocks", [])) + length(lookup(subject, "prefix_list_ids", [])) > 0]])

  all_rules         = concat(local.plain_rules, local.cidr_rules, local.source_rules, local.egress_rules)
  keyed_rules       = var.inline_rules_enabled ? {} : { for rule in local.all_rules : rule.key => rule }
  security_group_id = local.create ? one(concat(aws_security_group.default[*].id, aws_security_group.cbd[*].id)) : var.target_security_group_id[0]
}

resource "aws_security_group" "default" {
  count       = local.create && !var.create_before_destroy ? 1 : 0
  name        = var.name
  description = "Managed by Terraform"
  vpc_id      = var.vpc_id

  dynamic "ingress" {
    for_each = var.inline_rules_enabled ? [for rule in local.all_rules : rule if rule.type == "ingress"] : []
    content {
      from_port        = ingress.value.from_port
      to_port          = ingress.value.to_port
      protocol         = ingress.value.protocol
      description      = ingress.value.description
      cidr_blocks      = ingress.value.cidr_blocks
      ipv6_cidr_blocks = ingress.value.ipv6_cidr_blocks
      prefix_list_ids  = ingress.value.prefix_list_ids
      security_groups  = ingress.value.source_security_group_id == null ? [] : [ingress.value.source_security_group_id]
      self             = ingress.value.self
    }
  }

  dynamic "egress" {
    for_each = var.inline_rules_enabled ? [for rule in local.all_rules : rule if rule.type == "egress"] : []
    content {
      from_port        = egress.value.from_port
      to_port          = egress.value.to_port
      protocol         = egress.value.protocol
      description      = egress.value.description
      cidr_blocks      = egress.value.cidr_blocks
      ipv6_cidr_blocks = egress.value.ipv6_cidr_blocks
      prefix_list_ids  = egress.value.prefix_list_ids
      security_groups  = egress.value.source_security_group_id == null ? [] : [egress.value.source_security_group_id]
      self             = egress.value.self
    }
  }
}

resource "aws_security_group" "cbd" {
  count       = local.create && var.create_before_destroy ? 1 : 0
  name_prefix = "${var.name}-"
  description = "Managed by Terraform"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "sync_rules_and_sg_lifecycles" {
  count            = local.create && var.create_before_destroy ? 1 : 0
  triggers_replace = one(aws_security_group.cbd[*].id)
}

resource "aws_security_group_rule" "keyed" {
  for_each = local.keyed_rules

  security_group_id        = local.security_group_id
  type                     = each.value.type
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  protocol                 = each.value.protocol
  description              = each.value.description
  cidr_blocks              = length(each.value.cidr_blocks) == 0 ? null : each.value.cidr_blocks
  ipv6_cidr_blocks         = length(each.value.ipv6_cidr_blocks) == 0 ? null : each.value.ipv6_cidr_blocks
  prefix_list_ids          = length(each.value.prefix_list_ids) == 0 ? [] : each.value.prefix_list_ids
  self                     = each.value.self
  source_security_group_id = each.value.source_security_group_id

  depends_on = [terraform_data.sync_rules_and_sg_lifecycles]

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.sync_rules_and_sg_lifecycles]
  }
}

output "id" {
  value = local.security_group_id
}
