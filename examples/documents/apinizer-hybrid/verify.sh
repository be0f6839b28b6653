#!/bin/sh
# Tries every connection with nc -zv, and tries it again if there is no answer. Exit code 1: not every one is shown to be open.
# Exit code 2: nothing could be tried. "refused" means that nothing listens yet, or that a firewall rejects the connection.
set -u
command -v nc >/dev/null || { echo "nc is not installed" >&2; exit 2; }
seconds=4
failed=0
refused=0
try() {
  if output=$(LC_ALL=C nc -zv -w "$seconds" "$1" "$2" 2>&1); then echo open; return; fi
  printf '%s\n' "$output" >&2
  case $output in
    *efused*) echo refused ;;
    *nreachable* | *'o route'*) echo unreachable ;;
    *'not known'* | *esol* | *'bad address'* | *'nknown host'* | *'ame not'*) echo 'name not found' ;;
    *'nvalid option'* | *'nrecognized option'* | *sage:*) echo 'not tried' ;;
    *) echo 'timed out' ;;
  esac
}
cause() {
  case $1 in
    refused) echo 'nothing listens at the port yet; fewer firewalls reject connections than drop their packets' ;;
    'timed out') echo 'a firewall drops the packets' ;;
    unreachable) echo 'a route, a peering or a VPN to the network of the machine is missing' ;;
    'name not found') echo 'the DNS servers of this machine do not have the name; it may be misspelled or only known elsewhere' ;;
    'not tried') echo 'the nc of this machine does not understand the options' ;;
  esac
}
check() {
  outcome=$(try "$1" "$2")
  case $outcome in open | refused) ;; *) outcome=$(try "$1" "$2") ;; esac
  case $outcome in open) ;; refused) refused=$((refused + 1)) ;; *) failed=$((failed + 1)) ;; esac
  printf '%-14s  %s %s %s\n' "$outcome" "$1" "$2" "$3"
  printf '    by hand: nc -zv %s %s, expect "Connection to %s %s port [tcp/...] succeeded!"\n' "$1" "$2" "$1" "$2"
  [ "$outcome" = open ] || printf '    most likely: %s\n' "$(cause "$outcome")"
  case $outcome in open) ;; *) [ -z "${4-}" ] || printf '    %s\n' "$4" ;; esac
}

check 10.8.0.4 25080 'mongodb-berlin: Apinizer configuration database port' 'if closed: the document does not say what fails'
check 10.8.0.5 25080 'mongodb-berlin: Apinizer configuration database port' 'if closed: the document does not say what fails'
check 10.8.0.20 9200 'elasticsearch-berlin: API Application port of the Analytics server where traffic logs are written' 'if closed: the document does not say what fails'

echo "$failed of 3 not reached; not shown to be open: $refused refused"
[ "$failed" -eq 0 ] && [ "$refused" -eq 0 ]
