# Two levels of modules, whose outputs are maps
variable "vpc_id" {
  type = string
}

variable "teams" {
  type = set(string)
}

module "team" {
  for_each = var.teams
  source   = "./team"
  vpc_id   = var.vpc_id
  team     = each.key
}

output "ids" {
  value = { for team, outputs in module.team : team => outputs.ids }
}

output "api" {
  value = { for team, outputs in module.team : team => outputs.api.id }
}

output "all" {
  value = flatten([for team in sort(var.teams) : values(module.team[team].ids)])
}
