import { shown } from '../../../input';
import { isDnsName } from '../../../net';
import type { PeerName, RulePeer } from '../../rule';
import { type Block, isUnknown, type UnknownValue, unreadable } from '../../terraform';
import { attributeNotEvaluated, namedPeers, type Peers } from '../peers';

/** How a filter writes hostnames. */
export interface HostForm {
  /** Returns the hostnames that a text of the filter means: `*.` and a domain, or a name. */
  readonly hostsIn: (text: string) => readonly string[];
  /** The protocols in which the filter finds hostnames: `TLS`; absent if in every protocol. */
  readonly protocols?: readonly string[];
}

/** `.docker.com` of AWS Network Firewall and `*docker.com` of Secure Web Proxy: a domain and all names below it. */
export function withSubdomains(domain: string): readonly string[] {
  return [domain, `*.${domain}`];
}

/** A hostname that a filter takes literally. */
export function exactHost(text: string): readonly string[] {
  return text.includes('*') ? [] : [text];
}

/** Reads the hostnames of an attribute as far ends. Throws for text that is not a hostname. */
export function hostPeers(block: Block, name: string, { hostsIn, protocols }: HostForm): Peers {
  const texts = block.texts(name);
  const hosts = texts.flatMap((text) => (isUnknown(text) ? [] : checkedHosts(name, text, hostsIn)));
  const names = (protocols ?? [undefined]).flatMap((protocol) =>
    hosts.map((host): PeerName => `host:${host}${protocol === undefined ? '' : ` over ${protocol}`}`),
  );
  return {
    peers: [...new Set(names)].flatMap((one): RulePeer[] => namedPeers(one as Exclude<PeerName, ''>)),
    notEvaluated: texts.filter(isUnknown).map((text: UnknownValue) => attributeNotEvaluated(block, name, text)),
  };
}

function checkedHosts(name: string, text: string, hostsIn: HostForm['hostsIn']): readonly string[] {
  const hosts = hostsIn(text.toLowerCase());
  if (hosts.length > 0 && hosts.every((host) => isDnsName(host.replace(/^\*\./, '')))) return hosts;
  throw unreadable(`${name} must be hostnames`, shown(text));
}
