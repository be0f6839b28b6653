import { Basis } from './basis';
import type { JsonPart } from './json-part';
import { Port } from './port';
import { readDocuments, readRuleAddresses } from './read-documents';
import type { TracedHostname } from './traced-host';

/** Reads the hostnames that stand under `clusterPorts` in a synthesized stack; most stacks have none. */
export function readHostnames(part: JsonPart, stack: string): TracedHostname[] {
  const documents = readDocuments(part);
  const hostnames = part.member('hostnames').optional((all) => all.items()) ?? [];
  return hostnames.map((hostname) => ({
    stack,
    row: hostname.member('row').text(),
    hostname: hostname.member('hostname').text(),
    ports: readPorts(hostname.member('ports')),
    basis: hostname.member('portsBasis').oneOf(Object.values(Basis)),
    document: hostname.member('document').named(documents, 'a document'),
    section: hostname.member('section').text(),
    remark: hostname.member('remark').optional((remark) => remark.text()),
    supplement: hostname.member('supplement').optional((reason) => reason.text()),
    through: hostname.member('through').text(),
    external: hostname.member('external').isSet(),
    constructPath: hostname.member('construct').text(),
    rules: readRuleAddresses(hostname.member('rules')),
  }));
}

function readPorts(part: JsonPart): Port[] {
  return part.items().map((port) => Port._parse(port.text(), port.place));
}
