import { AddressFamily } from '../../net';
import { Basis, PortLevel } from '../port-table';
import type { Member, ObjectShape, Shape } from './shape';

export const TEXT: Shape = { kind: 'text' };
export const FORMATTED: Shape = { kind: 'formatted' };

const ROLE: ObjectShape = {
  kind: 'object',
  title: 'role',
  members: {
    id: { shape: FORMATTED, about: 'The name in keys and rule names: lower-case letters, digits and hyphens.' },
    title: { shape: TEXT, about: 'The name of these machines in the document.' },
  },
};

const FLAG: Shape = { kind: 'flag' };

export const CONDITION: Member = {
  shape: {
    kind: 'map',
    of: {
      kind: 'either',
      need: 'a choice or a list of choices',
      shapes: [TEXT, FLAG, { kind: 'list', of: { kind: 'either', need: 'a choice', shapes: [TEXT, FLAG] } }],
    },
  },
  about: 'The choices with which it is opened, by option: { cni: [canal, flannel], windows: true }.',
  isOptional: true,
};

/** What a flow may say for all its rows. */
const INHERITED: Readonly<Record<string, Member>> = {
  section: {
    shape: TEXT,
    about: 'The heading of the document that contains the row, or all rows of the flow that do not have their own.',
    isOptional: true,
  },
  protocolBasis: {
    shape: { kind: 'choice', choices: Object.values(Basis) },
    about: 'The part of the document that gives the protocol, of the row or of all rows that do not have their own.',
    isOptional: true,
  },
  directionBasis: {
    shape: { kind: 'choice', choices: Object.values(Basis) },
    about: 'The part of the document that says which end opens the connections; table if it is left out.',
    isOptional: true,
  },
  level: {
    shape: { kind: 'choice', choices: Object.values(PortLevel) },
    about: 'Whether it is a port of the machine (host, the default), a NodePort of a Service, or a port of a pod.',
    isOptional: true,
  },
  internal: {
    shape: FLAG,
    about: 'Whether opening this port to the whole internet is an error, whatever the reason.',
    isOptional: true,
  },
  when: CONDITION,
};

const ENDS: Shape = {
  kind: 'either',
  need: 'a role, the id of a role, or a list of ids',
  shapes: [ROLE, FORMATTED, { kind: 'list', of: FORMATTED }],
};

const ROW: ObjectShape = {
  kind: 'object',
  title: 'row',
  members: {
    name: { shape: FORMATTED, about: 'The name in omit, ports and keys. It never changes.' },
    port: {
      shape: { kind: 'port' },
      about: 'A port or range with its protocol, or a protocol without ports: 6443/tcp, 53/tcp+udp, 8/icmp, 112/ip.',
    },
    description: {
      shape: TEXT,
      about: 'The description in the words of the document. AWS accepts only ASCII, without quotes.',
    },
    purpose: { shape: TEXT, about: 'The purpose that the document gives.', isOptional: true },
    impact: { shape: TEXT, about: 'What fails while the port is closed.', isOptional: true },
    family: {
      shape: { kind: 'choice', choices: Object.values(AddressFamily) },
      about: 'The IP family that the row is only for; both if it is left out.',
      isOptional: true,
    },
    ...INHERITED,
  },
};

const FLOW: Readonly<Record<string, Member>> = {
  name: { shape: FORMATTED, about: 'The name that the document gives the rule.', isOptional: true },
  source: { shape: ENDS, about: 'The machines that open the connections: a role, or the ids of roles.' },
  destination: { shape: ENDS, about: 'The machines that listen. The flow is for every pair of its roles.' },
  rows: { shape: { kind: 'list', of: ROW }, about: 'The ports, in the order of the document.' },
  optional: {
    shape: { kind: 'flag' },
    about: 'Whether the flow is opened only if the machines of both its roles are given.',
    isOptional: true,
  },
  ...INHERITED,
};

const SUPPLEMENT: Readonly<Record<string, Member>> = {
  ...FLOW,
  reason: { shape: TEXT, about: 'Why the flow is needed although the document leaves it out.' },
  reference: { shape: FORMATTED, about: 'The URL of the page that says so.' },
};

export const OPTION: Readonly<Record<string, Member>> = {
  id: { shape: FORMATTED, about: 'The name in when: lower-case letters, digits and hyphens. It never changes.' },
  title: { shape: TEXT, about: 'What is chosen.' },
  choices: { shape: { kind: 'list', of: FORMATTED }, about: 'The choices. A flag has none.', isOptional: true },
  default: {
    shape: { kind: 'either', need: 'a choice, or true or false', shapes: [FORMATTED, FLAG] },
    about: 'The choice that the document describes as the default.',
  },
  section: { shape: TEXT, about: 'The heading of the document that contains the choices.' },
  reference: { shape: FORMATTED, about: 'The URL of the page that gives the default.', isOptional: true },
};

const DISCREPANCY: Readonly<Record<string, Member>> = {
  finding: { shape: TEXT, about: 'What the document contradicts or leaves out.' },
  decision: { shape: TEXT, about: 'What this table does about it.' },
  rows: { shape: { kind: 'list', of: TEXT }, about: 'The names of the rows that are affected.', isOptional: true },
};

export const listOf = (title: string, members: Readonly<Record<string, Member>>): Shape => ({
  kind: 'list',
  of: { kind: 'object', title, members },
});

/** What a table says about its document. */
export const DOCUMENT: Readonly<Record<string, Member>> = {
  $schema: { shape: TEXT, about: 'The schema for editors. It has no other meaning.', isOptional: true },
  id: {
    shape: FORMATTED,
    about: 'The name in keys and rule names: lower-case letters, digits and hyphens. It never changes.',
  },
  product: { shape: TEXT, about: 'The name of the product, as its vendor writes it.', isOptional: true },
  title: { shape: TEXT, about: 'The title of the document, or of its part with these rows.' },
  reference: { shape: FORMATTED, about: 'The URL of the document.' },
  edition: {
    shape: TEXT,
    about: 'The year and month of the document: 2024-12. Or the version of the product as text: "1.31".',
  },
  checkedFor: {
    shape: { kind: 'list', of: TEXT },
    about: 'The versions of the product for which the vendor has checked the rows.',
    isOptional: true,
  },
  comparedOn: {
    shape: FORMATTED,
    about: 'The day on which the table was last compared with the document: 2026-11-21.',
  },
};

export const DISCREPANCIES: Member = {
  shape: listOf('discrepancy', DISCREPANCY),
  about: 'Places where the document contradicts itself.',
  isOptional: true,
};

/** The format of a port table in a file. */
export const PORT_TABLE_SHAPE: ObjectShape = {
  kind: 'object',
  title: 'port table',
  members: {
    ...DOCUMENT,
    roles: {
      shape: { kind: 'list', of: ROLE },
      about: 'The groups of machines that flows name by their ids.',
      isOptional: true,
    },
    options: {
      shape: listOf('option', OPTION),
      about: 'The options that decide which rows are opened.',
      isOptional: true,
    },
    flows: { shape: listOf('flow', FLOW), about: 'The documented flows, in the order of the document.' },
    supplements: {
      shape: listOf('supplement', SUPPLEMENT),
      about: 'Flows that the document leaves out.',
      isOptional: true,
    },
    discrepancies: DISCREPANCIES,
  },
};
