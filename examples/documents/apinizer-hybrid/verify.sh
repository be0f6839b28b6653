#!/bin/sh
# Tries every connection with nc -zv, twice where there is no answer. Ends with 1 where one is not open.
set -u
command -v nc >/dev/null || { echo "nc is needed" >&2; exit 2; }
closed=0
check() {
  if nc -zv -w 4 "$1" "$2" || nc -zv -w 4 "$1" "$2"; then
    printf 'open      %s %s %s\n' "$1" "$2" "$3"
  else
    printf 'not open  %s %s %s\n' "$1" "$2" "$3"
    closed=$((closed + 1))
  fi
}

check 10.8.0.4 25080 'mongodb-berlin: Apinizer configuration database port'
check 10.8.0.5 25080 'mongodb-berlin: Apinizer configuration database port'
check 10.8.0.20 9200 'elasticsearch-berlin: API Application port of the Analytics server where traffic logs are written'

echo "$closed of 3 not open"
[ "$closed" -eq 0 ]
