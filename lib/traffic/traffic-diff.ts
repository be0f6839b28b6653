import type { AddressFamily } from '../model/address-family';
import type { NotEvaluated } from './configuration';
import type { GroupName, PeerName } from './names';
import type { Packet } from './packet';
import type { Direction } from './rule';
import type { RuleMention } from './rule-mention';

/** What became of permitted traffic. */
export type ChangeKind = 'opened' | 'widened' | 'moved' | 'narrowed' | 'closed';

/** Ports and a far end as people read them. */
export interface Reach {
  /** As `443/tcp`; several where an interval goes over protocols. */
  readonly ports: readonly string[];
  /** The far end: `10.0.0.0/8`, `sg:aws_security_group.web`, `tag:web in 10.0.0.0/8`. */
  readonly peer: string;
}

/** One thing that is open now and was not, or the other way round. */
export interface Change {
  readonly kind: ChangeKind;
  readonly direction: Direction;
  /** The network on GCP; absent for security groups. */
  readonly network?: string;
  /** The machines at which it is, or was, open. */
  readonly group: GroupName;
  /** Where it was open before; only for what has moved. */
  readonly movedFrom?: GroupName;
  readonly peer: PeerName;
  /** The family of addresses; absent where machines of a name are meant over both. */
  readonly family?: AddressFamily;
  /** What was open; empty for what was opened. */
  readonly before: readonly Reach[];
  /** What is open now; empty for what was closed. */
  readonly after: readonly Reach[];
  /** Whether every address of a family comes in now and did not before. */
  readonly isWorld: boolean;
  /** A packet that passes now and did not, or does not any more. */
  readonly witness: Packet;
  /** The rules that let the witness through: of the configuration in which it passes. */
  readonly rules: readonly RuleMention[];
}

/** What two configurations permit differently. */
export interface TrafficDiff {
  /** Opened first, then widened, moved, narrowed and closed. */
  readonly changes: readonly Change[];
  /** How many changes there are of each kind. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** How many changes let in every address of a family. */
  readonly world: number;
  /** What of either configuration could not be evaluated. */
  readonly notEvaluated: {
    readonly before: readonly NotEvaluated[];
    readonly after: readonly NotEvaluated[];
    /** What of it is not the same in both, or may not be: what it opens is not among the changes. */
    readonly changed: readonly NotEvaluated[];
  };
}

/** The kinds of changes, from what matters most to who guards a network. */
export const CHANGE_KINDS: readonly ChangeKind[] = ['opened', 'widened', 'moved', 'narrowed', 'closed'];
