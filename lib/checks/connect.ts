import { connect, type Socket } from 'node:net';

/** What a connection attempt found out. */
export enum Outcome {
  /** Something accepted the connection. */
  OPEN = 'open',
  /** The host answered that nothing listens: firewalls let the packet through. */
  REFUSED = 'refused',
  /** Nobody answered: a firewall drops packets, or there is no such host. */
  TIMED_OUT = 'timed out',
  /** There is no way to the host. */
  UNREACHABLE = 'unreachable',
  /** The name of the host has no address. */
  NAME_NOT_FOUND = 'name not found',
  /** This machine could not try. */
  NOT_TRIED = 'not tried',
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  ECONNREFUSED: Outcome.REFUSED,
  ETIMEDOUT: Outcome.TIMED_OUT,
  EHOSTUNREACH: Outcome.UNREACHABLE,
  ENETUNREACH: Outcome.UNREACHABLE,
  EHOSTDOWN: Outcome.UNREACHABLE,
  ENETDOWN: Outcome.UNREACHABLE,
  EADDRNOTAVAIL: Outcome.UNREACHABLE,
  EACCES: Outcome.UNREACHABLE,
  EPERM: Outcome.UNREACHABLE,
  ENOTFOUND: Outcome.NAME_NOT_FOUND,
  EAI_AGAIN: Outcome.NAME_NOT_FOUND,
};
/** Of the answers of several addresses of one name, the one that says most. */
const TELLING = [Outcome.REFUSED, Outcome.TIMED_OUT, Outcome.UNREACHABLE, Outcome.NAME_NOT_FOUND, Outcome.NOT_TRIED];

/** Connects once and hangs up. */
export async function connectOnce(host: string, port: number, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ host, port, autoSelectFamilyAttemptTimeout: timeoutMs });
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end(Outcome.TIMED_OUT), timeoutMs);
    socket.once('connect', () => end(Outcome.OPEN));
    socket.on('error', (error) => end(outcomeOf(error)));
  });
}

/** A name with several addresses fails with an error for each. */
function outcomeOf(error: Error): Outcome {
  const errors = 'errors' in error ? (error.errors as Error[]) : [error];
  const outcomes = errors.map((each) => OUTCOMES[(each as NodeJS.ErrnoException).code ?? ''] ?? Outcome.NOT_TRIED);
  return TELLING.find((outcome) => outcomes.includes(outcome)) ?? Outcome.NOT_TRIED;
}
