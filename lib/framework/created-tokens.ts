import { holdsToken, isListToken, refusal, splitAtTokens } from '../input';
import { type Core, installedCores } from './framework';

/**
 * Throws if text has the shape of a token that no installed framework has created, such as text of a user that only looks like a
 * token. The framework would fail during synthesis, after rules were created.
 */
export function checkTokens(text: unknown, place: string, cores: Iterable<Core> = installedCores()): void {
  if (typeof text !== 'string' || !holdsToken(text)) return;
  let unknown = isListToken(text) ? [text] : splitAtTokens(text).filter(holdsToken);
  for (const core of cores) unknown = unknown.filter((token) => !isCreated(token, core));
  if (unknown.length === 0) return;
  const need = 'a value that is known after apply must come from a resource or variable of the app';
  throw refusal(place, 'token-unknown', need, 'text that only looks like such a value');
}

/** Returns whether a framework has created a token. It throws for any other. */
function isCreated(token: string, { Tokenization }: Core): boolean {
  try {
    if (isListToken(token)) Tokenization.reverseList([token]);
    else Tokenization.reverseString(token);
    return true;
  } catch {
    return false;
  }
}
