import { ALL_OUTBOUND_DESCRIPTION } from '../../access';
import type { DocumentedRowIndex } from '../documented-row';
import { deniesByName } from '../permitted';
import type { Rule } from '../rule';
import { portInterval, portTexts } from '../sets';
import { type Finding, findingAt } from './finding';

/** Ports that a tool opens itself when it creates a cluster, according to its documentation. */
interface Opener {
  readonly opens: string;
  readonly isPeer: RegExp;
  readonly isGroup: RegExp;
  readonly ports: readonly number[];
  readonly consequence: string;
}

const OPENERS: readonly Opener[] = [
  {
    opens: 'the EKS module already opens it from the security group of the cluster to that of the nodes',
    isPeer: /^sg:.*cluster_(?:primary_)?security_group_id$|^sg:.*eks.*aws_security_group\.cluster/,
    isGroup: /^sg:.*(?:node_security_group_id|aws_security_group\.node)/,
    ports: [443, 4443, 6443, 8443, 9443, 10250, 10251],
    consequence: 'AWS rejects a second rule that is the same',
  },
  {
    opens: 'GKE already opens it from the control plane of a private cluster to its nodes',
    isPeer: /^$/,
    isGroup: /^tag:gke-/,
    ports: [443, 10250],
    consequence: 'this rule is not needed',
  },
];

/** Finds documented rules for ports that the EKS module or GKE already opens. */
export function collisions(rules: readonly Rule[], documented: DocumentedRowIndex): Finding[] {
  return rules
    .filter((rule) => rule.direction === 'ingress' && rule.action === 'allow' && documented.of(rule).length > 0)
    .flatMap((rule) => OPENERS.flatMap((opener) => collisionsWith(opener, rule)));
}

function collisionsWith({ opens, isPeer, isGroup, ports, consequence }: Opener, rule: Rule): Finding[] {
  if (!rule.peers.some(({ name }) => isPeer.test(name)) || !rule.groups.some((group) => isGroup.test(group))) return [];
  const both = ports.filter((port) => {
    const [first] = portInterval(6, port, port);
    return rule.ports.some(([from, to]) => from <= first && first < to);
  });
  if (both.length === 0) return [];
  const texts = both.flatMap((port) => portTexts(portInterval(6, port, port))).join(', ');
  return [findingAt(rule, 'collision', `${texts}: ${opens}; ${consequence}`)];
}

/** Finds rules that do not say what they are for. */
export function withoutDescription(rules: readonly Rule[]): Finding[] {
  return rules
    .filter(({ description }) => description === undefined || description.trim() === '')
    .map((rule) => findingAt(rule, 'no-description', 'it has no description'));
}

/** Finds rules that no known document asks for. The outbound rules of `Egress.ALL` need no document. */
export function withoutProvenance(rules: readonly Rule[], documented: DocumentedRowIndex): Finding[] {
  return rules
    .filter(
      (rule) =>
        rule.action === 'allow' && rule.description !== ALL_OUTBOUND_DESCRIPTION && documented.of(rule).length === 0,
    )
    .map((rule) => findingAt(rule, 'no-provenance', 'no known document asks for it'));
}

const DENIES_BY_NAME =
  'it denies by name: a machine with several names may be denied traffic that a rule for its other names allows';

/** Finds rules that deny by tag or account, which say nothing certain about machines that have several. */
export function denyingByName(rules: readonly Rule[]): Finding[] {
  return deniesByName(rules).map((rule) => findingAt(rule, 'denies-by-name', DENIES_BY_NAME));
}
