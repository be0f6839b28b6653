import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';

/** A network that somebody names: what is said of one that has no rules would be said of any other name. */
export function knownNetwork(network: string, known: readonly string[], place: string): string {
  if (known.length === 0 || known.includes(network)) return network;
  const [ofOne, ...others] = known.filter((name) => name.endsWith(`/${network}`));
  const nearest = others.length === 0 && ofOne !== undefined ? ofOne : nearestName(network, known);
  const need = `network must be one of the configuration: ${known.map(shown).join(', ')}`;
  throw refusal(place, need, shown(network), nearest && shown(nearest));
}
