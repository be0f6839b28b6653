import type { DocumentedRowIndex } from './asked-for';
import type { Finding } from './finding';
import { portInterval, portTexts } from './port-space';
import type { Rule } from './rule';

/** Ports that others open by themselves, as their documents say. */
interface Opener {
  readonly who: string;
  readonly isPeer: RegExp;
  readonly isGroup: RegExp;
  readonly ports: readonly number[];
  readonly advice: string;
}

const OPENERS: readonly Opener[] = [
  {
    who: 'the EKS module opens it from the group of the cluster to its node group',
    isPeer: /^sg:.*cluster_(?:primary_)?security_group_id$|^sg:.*eks.*aws_security_group\.cluster/,
    isGroup: /^sg:.*(?:node_security_group_id|aws_security_group\.node)/,
    ports: [443, 4443, 6443, 8443, 9443, 10250, 10251],
    advice: 'AWS refuses a second rule that is the same',
  },
  {
    who: 'GKE opens it from the control plane of a private cluster to its nodes',
    isPeer: /^$/,
    isGroup: /^tag:gke-/,
    ports: [443, 10250],
    advice: 'a rule beside it is not needed',
  },
];

/** Rules that documents ask for, and that a cluster's own tools make too. */
export function collisions(rules: readonly Rule[], asked: DocumentedRowIndex): Finding[] {
  return rules
    .filter((rule) => rule.direction === 'ingress' && rule.action === 'allow' && asked.of(rule).length > 0)
    .flatMap((rule) => OPENERS.flatMap((opener) => collisionsWith(opener, rule)));
}

function collisionsWith({ who, isPeer, isGroup, ports, advice }: Opener, rule: Rule): Finding[] {
  if (!rule.peers.some(({ name }) => isPeer.test(name)) || !rule.groups.some((group) => isGroup.test(group))) return [];
  const both = ports.filter((port) => {
    const [first] = portInterval(6, port, port);
    return rule.ports.some(([from, to]) => from <= first && first < to);
  });
  if (both.length === 0) return [];
  const texts = both.flatMap((port) => portTexts(portInterval(6, port, port))).join(', ');
  const message = `${texts}: ${who}; ${advice}`;
  return [{ kind: 'collision', address: rule.address, file: rule.file, message, related: [] }];
}
