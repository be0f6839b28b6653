#!/bin/sh
# Tries every connection with nc -zv, and tries it again if there is no answer. Exit code 1: a firewall blocks at least one.
# Exit code 2: nothing could be tried. "refused" means that the firewalls allow it and nothing listens yet.
set -u
command -v nc >/dev/null || { echo "nc is not installed" >&2; exit 2; }
seconds=4
failed=0
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
check() {
  outcome=$(try "$1" "$2")
  case $outcome in open | refused) ;; *) outcome=$(try "$1" "$2") ;; esac
  case $outcome in open | refused) ;; *) failed=$((failed + 1)) ;; esac
  printf '%-14s  %s %s %s\n' "$outcome" "$1" "$2" "$3"
}

check 10.8.0.4 25080 'mongodb-berlin: Apinizer configuration database port'
check 10.8.0.5 25080 'mongodb-berlin: Apinizer configuration database port'
check 10.8.0.20 9200 'elasticsearch-berlin: API Application port of the Analytics server where traffic logs are written'

echo "$failed of 3 not reached"
[ "$failed" -eq 0 ]
