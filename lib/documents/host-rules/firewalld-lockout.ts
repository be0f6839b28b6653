/** Turns what firewalld lists (`port 22/tcp`, `service ssh`, `target ACCEPT`, rich rules) into lines of accepted TCP ports. */
const ACCEPTED = String.raw`accepted() { awk -v kind="$1" '
function accept(ports, family, source, part) {
  if (split(ports, part, "-") == 1) part[2] = part[1]
  if (source != "") { print kind, part[1], part[2], source; return }
  if (family != "ipv6") print kind, part[1], part[2], "0.0.0.0/0"
  if (family != "ipv4") print kind, part[1], part[2], "::/0"
}
function acceptAll(list, family, source, each, n, i) {
  n = split(list, each, " ")
  for (i = 1; i <= n; i++) if (sub("/tcp$", "", each[i])) accept(each[i], family, source)
}
function portsOf(service, command, list) {
  command = "firewall-cmd --permanent --service=" service " --get-ports 2>/dev/null"
  list = ""; command | getline list; close(command)
  return list
}
function value(name) {
  if (!match($0, name "=\"[^\"]*\"")) return ""
  return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3)
}
$1 == "port" { acceptAll($2) }
$1 == "service" { acceptAll(portsOf($2)) }
$1 == "target" && $2 == "ACCEPT" { accept("0-65535") }
$1 == "rule" && / accept( |$)/ && !/ (NOT|mac=|ipset=|destination|source-port) ?/ {
  if (/ port port=/) acceptAll(value(" port port") "/" value(" protocol"), value("family"), value(" source address"))
  else if (/ service name=/) acceptAll(portsOf(value(" service name")), value("family"), value(" source address"))
  else if (!/ (protocol|icmp-type|icmp-block|forward-port|masquerade)/) accept("0-65535", value("family"), value(" source address"))
}'; }`;

const LISTED = String.raw`listed() {
  echo "target $(firewall-cmd --permanent "$1" --get-target 2>/dev/null)"
  for each in $(firewall-cmd --permanent "$1" --list-ports 2>/dev/null); do echo "port $each"; done
  for each in $(firewall-cmd --permanent "$1" --list-services 2>/dev/null); do echo "service $each"; done
  firewall-cmd --permanent "$1" --list-rich-rules 2>/dev/null || :
}
other_policies() {
  for policy in $(firewall-cmd --permanent --get-policies); do
    case $policy in cluster-ports-in | cluster-ports-out) continue ;; esac
    case " $(firewall-cmd --permanent --policy="$policy" --list-ingress-zones) " in *" ANY "* | *" $1 "*) ;; *) continue ;; esac
    case " $(firewall-cmd --permanent --policy="$policy" --list-egress-zones) " in *" HOST "*) listed "--policy=$policy" ;; esac
  done
}`;

const FOUND = String.raw`find_closed() {
  old=$({ firewall-cmd --policy=cluster-ports-in --list-rich-rules 2>/dev/null || :; } | accepted old)
  [ -n "$(echo "$old" | closed)" ] || return 0
  for zone in $zones; do
    { echo "$old"; new_rules; { listed "--zone=$zone"; other_policies "$zone"; } | accepted other; } | closed | sed "s/$/ $zone/"
  done
}
advice() {
  case $source in
    0.0.0.0/0 | ::/0) echo "firewall-cmd --permanent --zone=$zone --add-port=$port/tcp" ;;
    *)
      case $source in *:*) family=ipv6 ;; *) family=ipv4 ;; esac
      echo "firewall-cmd --permanent --zone=$zone --add-rich-rule='rule family=$family source address=$source port port=$port protocol=tcp accept'" ;;
  esac
}`;

/** What the check for a lockout needs of firewalld. A zone counts if it is the default or active, and as it is after a reload. */
export const FIREWALLD_LOCKOUT = [ACCEPTED, LISTED, FOUND].flatMap((text) => text.split('\n'));
