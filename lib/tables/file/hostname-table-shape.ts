import { Basis } from '../port-table';
import { CONDITION, DISCREPANCIES, DOCUMENT, FORMATTED, listOf, OPTION, TEXT } from './port-table-shape';
import type { Member, ObjectShape } from './shape';

const PARAMETER: Readonly<Record<string, Member>> = {
  id: { shape: FORMATTED, about: 'The name in the braces of hostnames: lower-case letters, digits and hyphens.' },
  title: { shape: TEXT, about: 'What the parameter is.' },
  example: { shape: FORMATTED, about: 'A value, such as eu-central-1.' },
};

const ROW: Readonly<Record<string, Member>> = {
  name: { shape: FORMATTED, about: 'The name in omit and keys. It never changes.' },
  hostname: {
    shape: FORMATTED,
    about:
      'An exact hostname, *.docker.com for all names below a domain, or eks.{region}.amazonaws.com with a parameter.',
  },
  ports: { shape: { kind: 'list', of: { kind: 'port' } }, about: 'The ports of the connections: [443/tcp].' },
  portsBasis: {
    shape: { kind: 'choice', choices: Object.values(Basis) },
    about: 'The part of the document that gives the ports.',
  },
  section: { shape: TEXT, about: 'The heading of the document that contains the hostname.' },
  remark: { shape: TEXT, about: 'What the document says about the hostname.', isOptional: true },
  when: CONDITION,
};

const SUPPLEMENT: Readonly<Record<string, Member>> = {
  ...ROW,
  reason: { shape: TEXT, about: 'Why the hostname is needed although the document leaves it out.' },
  reference: { shape: FORMATTED, about: 'The URL of the page that says so.' },
};

/** The format of a hostname table in a file. */
export const HOSTNAME_TABLE_SHAPE: ObjectShape = {
  kind: 'object',
  title: 'hostname table',
  members: {
    ...DOCUMENT,
    options: {
      shape: listOf('option', OPTION),
      about: 'The options that decide which hostnames are allowed.',
      isOptional: true,
    },
    parameters: {
      shape: listOf('parameter', PARAMETER),
      about: 'The parts of hostnames that the document leaves to its readers, such as the region.',
      isOptional: true,
    },
    hostnames: { shape: listOf('row', ROW), about: 'The hostnames, in the order of the document.' },
    supplements: {
      shape: listOf('supplement', SUPPLEMENT),
      about: 'Hostnames that the document leaves out.',
      isOptional: true,
    },
    discrepancies: DISCREPANCIES,
  },
};
