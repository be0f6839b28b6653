import { cidrDisagreement, hostDisagreement } from './cidr-oracle';
import { mutatedText } from './mutated-text';
import { portDisagreement } from './port-oracle';
import { seededRandom } from '../support/random';
import { rangesDisagreement, suggestionDisagreement } from './range-oracle';

/** The parsers of user text, with the functions that find disagreements. */
export const PARSERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  'Cidr.parse': cidrDisagreement,
  'Peer.address': hostDisagreement,
  'Port.parse': portDisagreement,
  'Peer.cidr': rangesDisagreement,
  'the suggestion of a peer': suggestionDisagreement,
};

const ENOUGH = 20;

/** Runs every parser on mutated texts, and returns the first disagreements. The same seed gives the same texts. */
export function fuzzParsers(texts: number, seed: number): string[] {
  const random = seededRandom(seed);
  const found: string[] = [];
  for (let count = 0; count < texts && found.length < ENOUGH; count++) {
    const text = mutatedText(random);
    for (const [name, disagreement] of Object.entries(PARSERS)) {
      const sentence = disagreement(text);
      if (sentence !== undefined) found.push(`${name}: ${sentence}`);
    }
  }
  return found;
}
