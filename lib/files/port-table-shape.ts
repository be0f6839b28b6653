import { Basis } from '../model/basis';
import type { Member, ObjectShape, Shape } from './shape';

const TEXT: Shape = { kind: 'text' };

const ROLE: ObjectShape = {
  kind: 'object',
  title: 'role',
  members: {
    id: { shape: TEXT, about: 'The name in keys and rule names: lower-case letters, digits and hyphens.' },
    title: { shape: TEXT, about: 'What the document calls these machines.' },
  },
};

const ROW: ObjectShape = {
  kind: 'object',
  title: 'row',
  members: {
    name: { shape: TEXT, about: 'The name in omit, ports and keys. It never changes.' },
    port: { shape: { kind: 'port' }, about: 'A port or range with its protocol: 6443/tcp, 2379-2380/tcp.' },
    description: { shape: TEXT, about: 'The description in the words of the document, plain ASCII.' },
    purpose: { shape: TEXT, about: 'The purpose that the document gives.', isOptional: true },
    impact: { shape: TEXT, about: 'What fails while the port is closed.', isOptional: true },
    section: { shape: TEXT, about: 'The heading in the document under which the row stands.' },
    protocolBasis: {
      shape: { kind: 'choice', choices: Object.values(Basis) },
      about: 'On what the protocol rests.',
    },
    internal: {
      shape: { kind: 'flag' },
      about: 'Whether opening this port to the whole internet is refused, whatever the reason.',
      isOptional: true,
    },
  },
};

const FLOW: Readonly<Record<string, Member>> = {
  name: { shape: TEXT, about: 'The name that the document gives the rule.', isOptional: true },
  source: { shape: ROLE, about: 'Who opens the connections.' },
  destination: { shape: ROLE, about: 'Who listens.' },
  rows: { shape: { kind: 'list', of: ROW }, about: 'The ports, in the order of the document.' },
};

const SUPPLEMENT: Readonly<Record<string, Member>> = {
  ...FLOW,
  reason: { shape: TEXT, about: 'Why it is needed although the document leaves it out.' },
  reference: { shape: TEXT, about: 'The address of the page that says so.' },
};

const DISCREPANCY: Readonly<Record<string, Member>> = {
  finding: { shape: TEXT, about: 'What the document says in one place and in another, or not at all.' },
  decision: { shape: TEXT, about: 'What this table does about it.' },
  rows: { shape: { kind: 'list', of: TEXT }, about: 'The rows that it is about.', isOptional: true },
};

const listOf = (title: string, members: Readonly<Record<string, Member>>): Shape => ({
  kind: 'list',
  of: { kind: 'object', title, members },
});

/** A port table as a file has it. */
export const PORT_TABLE_SHAPE: ObjectShape = {
  kind: 'object',
  title: 'port table',
  members: {
    $schema: { shape: TEXT, about: 'The schema for editors; it means nothing else.', isOptional: true },
    id: {
      shape: TEXT,
      about: 'The name in keys and rule names: lower-case letters, digits and hyphens. It never changes.',
    },
    title: { shape: TEXT, about: 'The title of the document, or of the part of it.' },
    reference: { shape: TEXT, about: 'The address of the document.' },
    edition: { shape: TEXT, about: 'The year and month of the document: 2024-12.' },
    checkedFor: {
      shape: { kind: 'list', of: TEXT },
      about: 'The versions for which the ports were checked.',
      isOptional: true,
    },
    comparedOn: { shape: TEXT, about: 'The day on which the table was last compared with the document: 2026-11-21.' },
    flows: { shape: listOf('flow', FLOW), about: 'The documented flows, in the order of the document.' },
    supplements: { shape: listOf('supplement', SUPPLEMENT), about: 'What the document leaves out.', isOptional: true },
    discrepancies: {
      shape: listOf('discrepancy', DISCREPANCY),
      about: 'Where the document contradicts itself.',
      isOptional: true,
    },
  },
};
