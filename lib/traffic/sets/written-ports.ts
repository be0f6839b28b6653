import { type PortInterval, portTexts } from '../../net';
import type { Bounds } from './bounds';

/** Returns a set of ports as texts: `443/tcp`, `30000-32767/udp`. */
export function writtenPorts(bounds: Bounds): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bounds.length; at += 2) texts.push(...portTexts([bounds[at], bounds[at + 1]] as PortInterval));
  return texts;
}
