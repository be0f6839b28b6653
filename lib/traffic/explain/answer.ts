import type { Configuration } from '../configuration';
import type { DocumentedRow, DocumentedRowIndex, RuleMention } from '../documented-row';
import type { PortInterval } from '../sets';
import type { EndJudge, ChangingRule, RuleVerdict } from '../verdict';
import type { QuestionEnd } from './ends';
import type { NearestRule } from './nearest-rule';

/** Whether a packet passes one end, or both. */
export type Verdict = RuleVerdict | 'asked for, not known to be open' | 'not judged';

/** The verdicts from the one that decides against all others to the one that every other decides against. */
export const VERDICTS: readonly Verdict[] = [
  'refused',
  'not known',
  'depends on the enforcement order of the network',
  'depends on the IP address',
  'asked for, not known to be open',
  'passes',
];

/** A rule that matches a packet. */
export interface MatchingRule extends RuleMention {
  /** True if it matches only some of the IP addresses of a far end that is given by name. */
  readonly isPart?: true;
  /** The IP ranges of the rule that are not known, if they decide. */
  readonly unknown?: readonly string[];
  /** True if a rule of the same policy that is evaluated earlier skips it (`goto_next`). */
  readonly isSkipped?: true;
}

/** Returns the index of the rule that decides; -1 if no single rule does. */
export function decisiveAt(matching: readonly MatchingRule[]): number {
  return matching.findIndex(
    ({ isPart, unknown, isSkipped, action }) =>
      isPart === undefined && unknown === undefined && isSkipped === undefined && action !== 'next',
  );
}

/** A request to the firewall team to open a port. */
export interface Request {
  /** The path of the construct that asks. */
  readonly construct: string;
  /** The row that it asks for; empty if what the provenance says must not be believed. */
  readonly documentedBy: readonly DocumentedRow[];
  /** Why what the provenance says must not be believed. */
  readonly doubt?: string;
  /** What rules do other than open the row as recorded. */
  readonly deviation?: string;
}

/** Whether a packet passes one end, and why. */
export interface EndAnswer {
  readonly verdict: Verdict;
  /** The machines, IP ranges or IP address. */
  readonly name: string;
  readonly network?: string;
  /** The account of a security group on AWS; absent if it is not known. */
  readonly account?: string;
  /** The region of a security group on AWS; absent if it is not known. */
  readonly region?: string;
  /** What the rules do not say; absent if they say everything. */
  readonly reason?: string;
  /** The rules that match, in the order of evaluation. Empty if no rule matches. */
  readonly matching: readonly MatchingRule[];
  /** For a packet that does not pass: the rule that comes closest to allowing it. */
  readonly nearest?: NearestRule;
  /** Rules that deny by name: for a machine with several tags, the verdict may be different. */
  readonly deniesByName: readonly RuleMention[];
  /** The requests to the firewall team to open the port. */
  readonly requested: readonly Request[];
  /** A rule of a hierarchical firewall policy that may decide, of which these files do not say whether it applies. */
  readonly mayDecide?: ChangingRule;
}

/** What gates that are network ACLs are called. */
export const NETWORK_ACL = 'network ACL';

/** What gates that are the own firewall of a machine are called. */
export const HOST_FIREWALL = "the host's own firewall";

/** What gates that are the firewall of the machine on which a pod runs are called. */
export const NODE_FIREWALL = 'firewall of the node';

/** Something on the way of a packet that may refuse it. */
export interface GateAnswer {
  /** `security group`, `network ACL`: what a firewall engineer calls it. */
  readonly kind: string;
  /** The end of the packet that it protects. */
  readonly end: 'source' | 'destination';
  /** A network ACL has no state: the answer needs rules of its own. */
  readonly packet: 'request' | 'answer';
  /** The machines, or the network ACL with its subnet. */
  readonly name: string;
  /** `not evaluated` for a gate of which these files do not even say whether it exists. */
  readonly verdict: Verdict | 'not evaluated';
  /** What the rules do not say; absent if they say everything. */
  readonly reason?: string;
  /** The rules that decide, in the order of evaluation; empty if none matches. */
  readonly rules: readonly GateRule[];
}

/** A gate with rules that were evaluated. */
export interface EvaluatedGate extends GateAnswer {
  readonly verdict: Verdict;
}

/** A rule of a gate. */
interface GateRule {
  readonly address: string;
  readonly action: string;
  /** The number of a rule of a network ACL. */
  readonly number?: number;
}

/** How the reasons of firewalls begin that no rule of these files makes. */
export const OF_FIREWALL_TEAM = 'the firewall team manages its firewall';

/** An answer without rules. */
export const WITHOUT_RULES = { matching: [], deniesByName: [], requested: [] } as const;

/** What both ends of a question have in common. */
export interface AskedPacket {
  readonly configuration: Configuration;
  readonly port: PortInterval;
  /** The network that the user names. */
  readonly network?: string;
  readonly documented: DocumentedRowIndex;
  readonly judge: EndJudge;
}

/** Returns the name of an end in results, with its IP address or range. */
export function nameOf({ name, ipAddress, within }: QuestionEnd): string {
  if (within !== undefined) return within === name ? name : `${name} in ${within}`;
  return ipAddress === undefined || ipAddress === name ? name : `${name} at ${ipAddress}`;
}
