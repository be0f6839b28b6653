import { Basis } from './basis';
import type { JsonPart } from './json-part';
import { Port } from './port';
import { readDocuments, readRules } from './read-documents';
import type { TracedHost } from './traced-host';

/** Reads the hosts that stand under `clusterPorts` in a synthesized stack; most stacks have none. */
export function readHosts(part: JsonPart, stack: string): TracedHost[] {
  const documents = readDocuments(part);
  const hosts = part.member('hosts').optional((all) => all.items()) ?? [];
  return hosts.map((host) => ({
    stack,
    row: host.member('row').text(),
    host: host.member('host').text(),
    ports: readPorts(host.member('ports')),
    basis: host.member('portsFrom').oneOf(Object.values(Basis)),
    document: host.member('document').named(documents, 'a document'),
    section: host.member('section').text(),
    remark: host.member('remark').optional((remark) => remark.text()),
    supplement: host.member('supplement').optional((reason) => reason.text()),
    through: host.member('through').text(),
    external: host.member('opened').oneOf(['here', 'by others']) === 'by others',
    askedBy: host.member('askedBy').text(),
    rules: readRules(host.member('rules')),
  }));
}

function readPorts(part: JsonPart): Port[] {
  return part.items().map((port) => Port._parse(port.text(), port.place));
}
