import { peerText, purposeText } from '../renderers/peer-text';
import { shellComment, shellWord } from '../renderers/shell-words';
import type { CheckPlan } from './check-plan';
import { destinationText } from './check-report';

const MS_OF_A_SECOND = 1000;

/** What nc says, by what that means. The programs of this name differ in their words. */
const FUNCTIONS = `failed=0
try() {
  if said=$(LC_ALL=C nc -zv -w "$seconds" "$1" "$2" 2>&1); then echo open; return; fi
  printf '%s\\n' "$said" >&2
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
  printf '%-14s  %s %s %s\\n' "$outcome" "$1" "$2" "$3"
}`;

/** The same checks for a machine without Node.js: a POSIX shell script that calls `nc -zv`, as the vendor does. */
export function checkScript({ endpoints, notCheckable }: CheckPlan, timeoutMs = 4 * MS_OF_A_SECOND): string {
  return [
    '#!/bin/sh',
    '# Tries every connection with nc -zv, twice where there is no answer. Ends with 1 where a firewall is in the way: what is',
    '# refused has an open firewall, and nothing listens yet. Ends with 2 where nothing could be tried.',
    'set -u',
    'command -v nc >/dev/null || { echo "nc is needed" >&2; exit 2; }',
    `seconds=${Math.ceil(timeoutMs / MS_OF_A_SECOND)}`,
    FUNCTIONS,
    '',
    ...endpoints.map((endpoint) =>
      ['check', endpoint.host, String(endpoint.port), destinationText(endpoint)].map(shellWord).join(' '),
    ),
    ...notCheckable.map(({ flow, reason }) =>
      shellComment(
        `not checkable: ${String(flow.port)} to ${peerText(flow.destination)}, ${purposeText(flow)}: ${reason}`,
      ),
    ),
    '',
    ...(endpoints.length > 0
      ? [`echo "$failed of ${endpoints.length} not reached"`, '[ "$failed" -eq 0 ]']
      : ['echo "nothing to check"', 'exit 2']),
    '',
  ].join('\n');
}
