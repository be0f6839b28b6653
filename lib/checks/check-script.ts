import { peerText, purposeText } from '../renderers/peer-text';
import { shellComment, shellWord } from '../renderers/shell-words';
import type { CheckPlan } from './check-plan';
import { destinationText } from './check-report';

const SECONDS = 4;

/** The same checks for a machine without Node.js: a POSIX shell script that calls `nc -zv`, as the vendor does. */
export function checkScript({ endpoints, notCheckable }: CheckPlan): string {
  return [
    '#!/bin/sh',
    '# Tries every connection with nc -zv, twice where there is no answer. Ends with 1 where one is not open.',
    'set -u',
    'command -v nc >/dev/null || { echo "nc is needed" >&2; exit 2; }',
    'closed=0',
    'check() {',
    `  if nc -zv -w ${SECONDS} "$1" "$2" || nc -zv -w ${SECONDS} "$1" "$2"; then`,
    `    printf 'open      %s %s %s\\n' "$1" "$2" "$3"`,
    '  else',
    `    printf 'not open  %s %s %s\\n' "$1" "$2" "$3"`,
    '    closed=$((closed + 1))',
    '  fi',
    '}',
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
    `echo "$closed of ${endpoints.length} not open"`,
    '[ "$closed" -eq 0 ]',
    '',
  ].join('\n');
}
