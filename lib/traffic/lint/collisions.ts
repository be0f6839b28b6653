import type { ModuleCall } from '../configuration';
import type { DocumentedRowIndex } from '../documented-row';
import { ANY_MACHINE, type GroupName, type Rule, type RulePeer } from '../rule';
import { type PortInterval, portInterval, portTexts, sizeOf } from '../sets';
import { about, type Finding, findingAt } from './finding';
import type { Omissions } from './omit';

const TCP = 6;

/** TCP ports that a tool opens by itself when it creates a cluster, according to its documentation or source. */
interface Opener {
  readonly opens: string;
  /** Whether it opens ports from a far end. */
  readonly isSource: (peer: RulePeer) => boolean;
  /** The ports that it opens to a group; none if the group is not of its nodes. */
  readonly portsOf: (group: GroupName) => readonly number[];
  /** Whether AWS refuses a rule for the same port. */
  readonly isRefused: boolean;
}

/** What a finding about collisions needs to know about the configuration. */
interface Surroundings {
  readonly documented: DocumentedRowIndex;
  readonly omissions: Omissions;
  readonly modules: readonly ModuleCall[];
}

/** Finds rules of documents for ports that EKS, GKE or their modules open by themselves. */
export function collisions(rules: readonly Rule[], surroundings: Surroundings): Finding[] {
  const openers = [...eksModule(rules, surroundings.modules), GKE, ...surroundings.modules.flatMap(gkeModule)];
  return rules
    .filter(
      (rule) =>
        rule.direction === 'ingress' && rule.action === 'allow' && namesRow(surroundings.documented.reasonOf(rule)),
    )
    .flatMap((rule) => openers.flatMap((opener) => collisionsWith(opener, rule, surroundings.omissions)));
}

/** Whether a rule was created for a row, even if it is no longer what the row asks for. */
function namesRow({ documentedBy, doubt }: ReturnType<DocumentedRowIndex['reasonOf']>): boolean {
  return documentedBy.length > 0 || doubt !== undefined;
}

function collisionsWith(opener: Opener, rule: Rule, omissions: Omissions): Finding[] {
  if (!rule.peers.every(opener.isSource)) return [];
  const opened = rule.groups.map(opener.portsOf);
  const everywhere = opened[0].filter((port) => opened.every((ports) => ports.includes(port)));
  const collided = everywhere
    .map((port) => portInterval(TCP, port, port))
    .filter(([first, end]) => rule.ports.some(([from, to]) => from < end && first < to));
  if (collided.length === 0) return [];
  const texts = collided.flatMap(portTexts).join(', ');
  const isSame = opener.isRefused && collided.some((port) => rule.ports.some((own) => isEqual(own, port)));
  const consequence = isSame ? 'AWS rejects a second rule that is the same' : 'this rule is not needed for it';
  const omit = omissions.textFor(rule, collided);
  const message = `${texts}: ${opener.opens}; ${consequence}${omit === undefined ? '' : `; leave it out with ${omit}`}`;
  const finding = about(findingAt(rule, 'collision', message), texts);
  return [{ ...finding, level: isSame ? 'error' : 'information' }];
}

function isEqual([from, to]: PortInterval, [first, end]: PortInterval): boolean {
  return from === first && to === end;
}

const EKS_SOURCE = /terraform-aws-modules\/(?:terraform-aws-)?eks\b/;
/** The security group that the EKS module makes for the control plane, by its output or its resource. */
export const EKS_CLUSTER = /^sg:.*cluster_security_group_id$|^sg:.*eks.*aws_security_group\.cluster/;
/** The security group that EKS itself makes for the control plane. */
const EKS_PRIMARY = /^sg:.*cluster_primary_security_group_id$/;
const EKS_NODES = /^sg:.*(?:node_security_group_id|aws_security_group\.node)/;
/** What the EKS module always opens, and its recommended rules: node_groups.tf of terraform-aws-modules/terraform-aws-eks. */
const EKS_ALWAYS = [443, 10250];
const EKS_RECOMMENDED = [4443, 6443, 8443, 9443, 10251];

/**
 * The rules of the EKS module between its two security groups. If the configuration has the rules themselves, they are compared as
 * rules. The control plane has the group of EKS too, so a rule for that is not refused, and not needed.
 */
function eksModule(rules: readonly Rule[], modules: readonly ModuleCall[]): Opener[] {
  const expanded = new Set(rules.flatMap(({ address }) => MODULE.exec(address)?.[0] ?? []));
  const bare = new Set(
    modules
      .filter(
        ({ source, argument }) =>
          EKS_SOURCE.test(source) && isOff(argument('node_security_group_enable_recommended_rules')),
      )
      .map(({ address }) => address),
  );
  const portsOf = (group: GroupName): readonly number[] => {
    const module = MODULE.exec(group)?.[0] ?? '';
    if (!EKS_NODES.test(group) || expanded.has(module)) return [];
    return bare.has(module) ? EKS_ALWAYS : [...EKS_ALWAYS, ...EKS_RECOMMENDED];
  };
  const opens = 'the EKS module already opens it from the security group of the cluster to that of the nodes';
  return [
    { opens, portsOf, isRefused: true, isSource: ({ name }) => EKS_CLUSTER.test(name) },
    { opens, portsOf, isRefused: false, isSource: ({ name }) => EKS_PRIMARY.test(name) },
  ];
}

const MODULE = /\bmodule\.[\w-]+/;

/** The control plane of a private cluster has a /28 of its own, or fewer addresses. */
function isControlPlane({ name, addresses }: RulePeer): boolean {
  return name === ANY_MACHINE && sizeOf(addresses) <= CONTROL_PLANE_SIZE;
}

const CONTROL_PLANE_SIZE = 16n;

/** The rules that GKE creates for private clusters: https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules. */
const GKE: Opener = {
  opens: 'GKE already opens it from the control plane of a private cluster to its nodes',
  isRefused: false,
  isSource: isControlPlane,
  portsOf: (group) => (group.startsWith('tag:gke-') ? [443, 10250] : []),
};

const GKE_SOURCE = /terraform-google-modules\/(?:terraform-google-)?kubernetes-engine\b/;
const GKE_SWITCHES = ['add_master_webhook_firewall_rules', 'add_cluster_firewall_rules'];
/** The default of `firewall_inbound_ports` of terraform-google-modules/terraform-google-kubernetes-engine. */
const GKE_INBOUND = ['8443', '9443', '15017'];

/** The rule for webhooks that the GKE module creates if it is asked to. */
function gkeModule({ source, argument }: ModuleCall): Opener[] {
  if (!GKE_SOURCE.test(source) || !GKE_SWITCHES.some((name) => isOn(argument(name)))) return [];
  const name = argument('name');
  const isNode = (group: GroupName): boolean =>
    typeof name === 'string' ? group === `tag:gke-${name}` : group.startsWith('tag:gke-');
  const given = argument('firewall_inbound_ports') ?? GKE_INBOUND;
  const ports = Array.isArray(given) ? given.map(Number).filter(Number.isInteger) : [];
  return [
    {
      opens: 'the GKE module already opens it from the control plane to the nodes (firewall_inbound_ports)',
      isRefused: false,
      isSource: isControlPlane,
      portsOf: (group) => (isNode(group) ? ports : []),
    },
  ];
}

function isOff(value: unknown): boolean {
  return value === false || value === 'false';
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}
