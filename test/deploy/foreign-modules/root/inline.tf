variable "offices" {
  type    = map(string)
  default = { berlin = "10.40.0.0/16", paris = "10.41.0.0/16" }
}

variable "web_ports" {
  type    = list(number)
  default = [443, 8443]
}

resource "aws_vpc" "inline" {
  cidr_block = "10.20.0.0/16"
}

# addresses that are known after apply
resource "aws_eip" "gateway" {
  count  = 2
  domain = "vpc"
}

module "offices" {
  source  = "./modules/prefix-list"
  name    = "offices"
  entries = var.offices
}

resource "aws_security_group" "bastion" {
  name   = "bastion"
  vpc_id = aws_vpc.inline.id

  ingress {
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    prefix_list_ids = [module.offices.id]
    cidr_blocks     = [for address in aws_eip.gateway : "${address.public_ip}/32"]
  }
}

module "groups" {
  source = "./modules/nested-dynamic"
  vpc_id = aws_vpc.inline.id
  groups = {
    web = {
      ingress = {
        public = { ports = var.web_ports, cidrs = ["10.0.0.0/9", "10.128.0.0/9"], ipv6 = ["2001:db8:1::/48"] }
        ops    = { ports = [9100], groups = [aws_security_group.bastion.id] }
        mesh   = { ports = [7946], protocol = "udp", self = true }
        ping   = { ports = [-1], protocol = "icmp", cidrs = ["10.20.0.0/16"] }
      }
      egress = {
        all   = { cidrs = ["0.0.0.0/0"] }
        lists = { protocol = "tcp", ports = [636, 639], lists = [module.offices.id] }
      }
    }
    silent = {}
  }
}

# a value that is known after apply, under a key that is known
resource "aws_vpc_security_group_ingress_rule" "gateway" {
  for_each          = { for index, address in aws_eip.gateway : "gateway-${index}" => address.public_ip }
  security_group_id = aws_security_group.separate.id
  cidr_ipv4         = "${each.value}/32"
  ip_protocol       = "tcp"
  from_port         = 6443
  to_port           = 6443
}

resource "aws_security_group" "separate" {
  name   = "separate"
  vpc_id = aws_vpc.inline.id
}
