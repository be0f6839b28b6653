variable "vpc_id" {
  type = string
}

variable "names" {
  type = set(string)
}

resource "aws_security_group" "this" {
  for_each    = var.names
  name        = each.key
  description = "a group of a team"
  vpc_id      = var.vpc_id
}

output "groups" {
  value = aws_security_group.this
}

output "ids" {
  value = { for name, group in aws_security_group.this : name => group.id }
}

output "list" {
  value = [for name in sort(var.names) : aws_security_group.this[name].id]
}
