import { shellComment, shellWord } from '../text';
import { byHand, byHandText } from '../documents';
import { impactLines } from './impact';
import { byRulesText, notOpenByRules } from './by-rules';
import type { CheckedEndpoint, CheckPlan } from './check-plan';
import { destinationText } from './check-report';
import { LIKELY_CAUSES, likelyCauseText } from './likely-cause';
import { notTriedLines } from './not-tried';

const MS_PER_SECOND = 1000;

/** The cases of a shell function that prints the most likely cause of an outcome. */
const CAUSES = Object.entries(LIKELY_CAUSES)
  .map(([outcome, cause]) => `    ${shellWord(outcome)}) echo ${shellWord(cause)} ;;`)
  .join('\n');

/** Shell functions that find the outcome in the output of nc. Several programs have this name, each with its own messages. */
const FUNCTIONS = `failed=0
refused=0
try() {
  if output=$(LC_ALL=C nc -zv -w "$seconds" "$1" "$2" 2>&1); then echo open; return; fi
  printf '%s\\n' "$output" >&2
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
${CAUSES}
  esac
}
check() {
  outcome=$(try "$1" "$2")
  case $outcome in open | refused) ;; *) outcome=$(try "$1" "$2") ;; esac
  case $outcome in open) ;; refused) refused=$((refused + 1)) ;; *) failed=$((failed + 1)) ;; esac
  printf '%-14s  %s %s %s\\n' "$outcome" "$1" "$2" "$3"
  printf '    ${byHandText(byHand('%s', '%s'))}\\n' "$1" "$2" "$1" "$2"
  [ "$outcome" = open ] || printf '    ${likelyCauseText('%s')}\\n' "$(cause "$outcome")"
  case $outcome in open) ;; *) [ -z "\${4-}" ] || printf '    %s\\n' "$4" ;; esac
}`;

/** How a script tries connections. */
interface ScriptOptions {
  /** @default 4000 */
  readonly timeoutMs?: number;
  /**
   * Whether a connection that is refused counts as open.
   * @default false
   */
  readonly acceptsRefused?: boolean;
}

/** Renders the checks as a POSIX shell script that calls `nc -zv`, as the vendor does, for a machine without Node.js. */
export function checkScript(
  plan: CheckPlan,
  { timeoutMs = 4 * MS_PER_SECOND, acceptsRefused = false }: ScriptOptions = {},
): string {
  const { endpoints } = plan;
  return [
    '#!/bin/sh',
    '# Tries every connection with nc -zv, and tries it again if there is no answer. Exit code 1: not every one is shown to be open.',
    '# Exit code 2: nothing could be tried. "refused" means that nothing listens yet, or that a firewall rejects the connection.',
    'set -u',
    'command -v nc >/dev/null || { echo "nc is not installed" >&2; exit 2; }',
    `seconds=${Math.ceil(timeoutMs / MS_PER_SECOND)}`,
    FUNCTIONS,
    '',
    ...endpoints.map(checkCall),
    ...notTriedLines(plan).map(shellComment),
    '',
    ...(endpoints.length > 0
      ? [
          `echo "$failed of ${endpoints.length} not reached; not shown to be open: $refused refused"`,
          acceptsRefused ? '[ "$failed" -eq 0 ]' : '[ "$failed" -eq 0 ] && [ "$refused" -eq 0 ]',
        ]
      : ['echo "nothing to check"', 'exit 2']),
    '',
  ].join('\n');
}

/** Calls the function that checks, with what it prints if the port is not known to be open. */
function checkCall(endpoint: CheckedEndpoint): string {
  const { flows } = endpoint;
  const ifNotOpen = [...notOpenByRules(flows).map(byRulesText), ...impactLines(flows)].join('; ');
  const words = ['check', endpoint.host, String(endpoint.port), destinationText(endpoint)];
  return [...words, ...(ifNotOpen === '' ? [] : [ifNotOpen])].map(shellWord).join(' ');
}
