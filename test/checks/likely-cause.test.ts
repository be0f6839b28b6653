import { likelyCause } from '../../lib/checks/likely-cause';
import { Outcome } from '../../lib/checks/run-checks';
import type { TracedFlow } from '../../lib/provenance';
import { flow } from '../support/traced';

const HOST = '10.2.0.7';

/** Returns the cause of the first of several outcomes of one machine, at ports from 443 on. */
function causeOf(outcomes: readonly Outcome[], changes: Partial<TracedFlow> = {}, host = HOST): string | undefined {
  const results = outcomes.map((outcome, at) => ({
    endpoint: { host: at === 0 ? HOST : host, port: 443 + at, flows: [flow(changes)] },
    outcome,
    attempts: 1,
    milliseconds: 1,
  }));
  return likelyCause(results[0], results);
}

const ofTeam = { external: true };
const ofStack = { external: false, rules: ['aws_security_group.a'] };

test.each<[string, readonly Outcome[], Partial<TracedFlow>, string | undefined]>([
  ['an open port', [Outcome.OPEN, Outcome.TIMED_OUT], {}, undefined],
  [
    'a refused connection',
    [Outcome.REFUSED],
    {},
    'nothing listens at the port yet; fewer firewalls reject connections than drop their packets',
  ],
  [
    'no answer, and nothing else is known about the machine',
    [Outcome.TIMED_OUT],
    ofTeam,
    'a firewall drops the packets: the firewall team may not have opened it yet',
  ],
  [
    'no answer at one port, and an answer at another',
    [Outcome.TIMED_OUT, Outcome.REFUSED],
    ofTeam,
    'a firewall drops the packets to this port, because the machine answers at 444/tcp: the firewall team may not have opened it yet',
  ],
  [
    'no answer at any port',
    [Outcome.TIMED_OUT, Outcome.TIMED_OUT],
    ofStack,
    'no port of the machine answers: it is down, has a different IP address, or a firewall drops the packets: the rules of the stack ' +
      'may not be applied yet, or a different firewall is in the way',
  ],
  ['no route', [Outcome.UNREACHABLE], ofTeam, 'a route, a peering or a VPN to the network of the machine is missing'],
  [
    'a rejected port of a machine that answers elsewhere',
    [Outcome.UNREACHABLE, Outcome.OPEN],
    ofTeam,
    'a firewall rejects this port, because the machine answers at 444/tcp: the firewall team may not have opened it yet',
  ],
  [
    'an unknown name',
    [Outcome.NAME_NOT_FOUND],
    {},
    'the DNS servers of this machine do not have the name; it may be misspelled or only known elsewhere',
  ],
  [
    'an attempt that failed on this machine',
    [Outcome.NOT_TRIED],
    {},
    'this machine itself could not connect, for example because it has too many open connections',
  ],
])('says the most likely cause of %s', (_what, outcomes, changes, cause) => {
  expect(causeOf(outcomes, changes)).toBe(cause);
});

test('takes no evidence from a different machine', () => {
  expect(causeOf([Outcome.TIMED_OUT, Outcome.OPEN], ofTeam, '10.2.0.8')).toBe(
    'a firewall drops the packets: the firewall team may not have opened it yet',
  );
});
