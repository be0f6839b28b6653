# The shape of modules whose prefix lists have entries of their own: https://github.com/terraform-aws-modules/terraform-aws-managed-prefix-list
variable "name" {
  type = string
}

variable "entries" {
  type = map(string)
}

resource "aws_ec2_managed_prefix_list" "this" {
  count          = 1
  name           = var.name
  address_family = "IPv4"
  max_entries    = 10
}

resource "aws_ec2_managed_prefix_list_entry" "this" {
  for_each       = var.entries
  cidr           = each.value
  description    = each.key
  prefix_list_id = aws_ec2_managed_prefix_list.this[0].id
}

output "id" {
  value = try(aws_ec2_managed_prefix_list.this[0].id, null)
}
