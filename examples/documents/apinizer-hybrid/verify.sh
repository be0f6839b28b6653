#!/bin/sh
# Tries every connection with nc -zv, twice where there is no answer. Ends with 1 where a firewall is in the way: what is
# refused has an open firewall, and nothing listens yet. Ends with 2 where nothing could be tried.
set -u
command -v nc >/dev/null || { echo "nc is needed" >&2; exit 2; }
seconds=4
failed=0
try() {
  if said=$(LC_ALL=C nc -zv -w "$seconds" "$1" "$2" 2>&1); then echo open; return; fi
  printf '%s\n' "$said" >&2
  case $said in
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
