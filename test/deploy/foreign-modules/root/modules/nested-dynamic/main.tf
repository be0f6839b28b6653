# Inline rules by dynamic blocks from nested maps, as many internal modules have them
variable "vpc_id" {
  type = string
}

variable "groups" {
  type = map(object({
    ingress = optional(map(object({
      ports    = list(number)
      protocol = optional(string, "tcp")
      cidrs    = optional(list(string), [])
      ipv6     = optional(list(string), [])
      groups   = optional(list(string), [])
      self     = optional(bool)
    })), {})
    egress = optional(map(object({
      protocol = optional(string, "-1")
      ports    = optional(list(number), [0])
      cidrs    = optional(list(string), [])
      lists    = optional(list(string), [])
    })), {})
  }))
}

resource "aws_security_group" "this" {
  for_each    = var.groups
  name        = each.key
  description = "inline rules"
  vpc_id      = var.vpc_id

  dynamic "ingress" {
    for_each = { for pair in flatten([
      for name, rule in each.value.ingress : [for port in rule.ports : { key = "${name}-${port}", rule = rule, port = port }]
    ]) : pair.key => pair }
    content {
      description      = ingress.key
      from_port        = ingress.value.port
      to_port          = ingress.value.port
      protocol         = ingress.value.rule.protocol
      cidr_blocks      = ingress.value.rule.cidrs
      ipv6_cidr_blocks = ingress.value.rule.ipv6
      security_groups  = ingress.value.rule.groups
      self             = ingress.value.rule.self
    }
  }

  dynamic "egress" {
    for_each = each.value.egress
    content {
      from_port       = egress.value.ports[0]
      to_port         = egress.value.ports[length(egress.value.ports) - 1]
      protocol        = egress.value.protocol
      cidr_blocks     = egress.value.cidrs
      prefix_list_ids = egress.value.lists
    }
  }
}

output "ids" {
  value = { for name, group in aws_security_group.this : name => group.id }
}
