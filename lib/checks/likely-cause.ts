import { openerOf } from '../documents';
import type { CheckedEndpoint } from './check-plan';
import { type CheckResult, Outcome } from './run-checks';

/**
 * Returns the most likely cause of a result that is not open, from what else the machine answered and from who opens the port; nothing if it
 * is open.
 */
export function likelyCause(result: CheckResult, all: readonly CheckResult[]): string | undefined {
  const { endpoint, outcome } = result;
  const others = all.filter((each) => each !== result && each.endpoint.host === endpoint.host);
  const answered = others.find((each) => each.outcome === Outcome.OPEN || each.outcome === Outcome.REFUSED);
  const evidence = answered && `the machine answers at ${answered.endpoint.port}/tcp`;
  switch (outcome) {
    case Outcome.OPEN:
      return undefined;
    case Outcome.REFUSED:
      return REFUSED;
    case Outcome.TIMED_OUT:
      if (evidence !== undefined) {
        return `a firewall drops the packets to this port, because ${evidence}: ${who(endpoint)}`;
      }
      if (others.length > 0) {
        return `no port of the machine answers: it is down, has a different IP address, or ${FIREWALL}: ${who(endpoint)}`;
      }
      return `${FIREWALL}: ${who(endpoint)}`;
    case Outcome.UNREACHABLE:
      return evidence === undefined ? NO_ROUTE : `a firewall rejects this port, because ${evidence}: ${who(endpoint)}`;
    case Outcome.NAME_NOT_FOUND:
      return NO_NAME;
    case Outcome.NOT_TRIED:
      return NOT_TRIED;
  }
}

const FIREWALL = 'a firewall drops the packets';
const REFUSED = 'nothing listens at the port yet; fewer firewalls reject connections than drop their packets';
const NO_ROUTE = 'a route, a peering or a VPN to the network of the machine is missing';
const NO_NAME = 'the DNS servers of this machine do not have the name; it may be misspelled or only known elsewhere';
const NOT_TRIED = 'this machine itself could not connect, for example because it has too many open connections';

/** The most likely cause by only the outcome, for a script that tries one port at a time. */
export const LIKELY_CAUSES: Readonly<Record<Exclude<Outcome, Outcome.OPEN>, string>> = {
  [Outcome.REFUSED]: REFUSED,
  [Outcome.TIMED_OUT]: FIREWALL,
  [Outcome.UNREACHABLE]: NO_ROUTE,
  [Outcome.NAME_NOT_FOUND]: NO_NAME,
  [Outcome.NOT_TRIED]: 'the nc of this machine does not understand the options',
};

/** Returns why a firewall may be closed: who should open the port, as far as the rules say it. */
function who({ flows }: CheckedEndpoint): string {
  const openers = new Set(flows.map(openerOf));
  if (openers.has('the firewall team')) return 'the firewall team may not have opened it yet';
  if (openers.has('this stack')) {
    return 'the rules of the stack may not be applied yet, or a different firewall is in the way';
  }
  if (openers.has('no rule of this stack')) return 'no rule of the stack opens it';
  return 'the rules of the stack are not known to open it';
}

/** Renders the most likely cause on one line. */
export function likelyCauseText(cause: string): string {
  return `most likely: ${cause}`;
}
