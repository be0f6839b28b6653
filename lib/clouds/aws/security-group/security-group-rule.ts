import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import {
  type Agreement,
  describeFlows,
  ALL_OUTBOUND_DESCRIPTION,
  type Flow,
  type FlowGroup,
  isOfFamily,
  minimumDescriptionLength,
  nameInProps,
  type PlannedRule,
  type Quota,
  type ResolvedEnd,
  SharedDescription,
  type SharedOwnership,
  sharedOwnership,
} from '../../../access';
import { type AwsProvider, awsProvider, checkProviderStack, stackOf } from '../../../framework';
import { literal, refusal, shown } from '../../../input';
import { AddressFamily, Protocol } from '../../../net';
import type { GroupIdentity, IAwsSecurityGroup } from '../group-identity';
import type { PrefixListIdentity } from '../prefix-list';
import { ownershipTags, type Tags } from '../tags';
import { ruleAddress, RuleDirection } from './rule-address';
import { rangePeer, type RuleFarEnd, ruleFarEnds } from './rule-far-ends';
import { ruleQuotas } from './rule-quota';

/** The maximum length of the description of a rule on AWS. */
const MAX_AWS_DESCRIPTION_LENGTH = 255;

/** The parts from which a rule is made. */
interface RuleParts {
  readonly provider: AwsProvider;
  readonly direction: RuleDirection;
  readonly group: GroupIdentity;
  readonly traffic: RuleTraffic;
  readonly peer: RuleFarEnd;
  readonly flows: readonly Flow[];
  readonly description: string;
  readonly quotas: readonly Quota[];
  readonly agreements: readonly Agreement[];
  readonly advice: string;
}

/** The protocol and the ports of a rule. */
interface RuleTraffic {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `ip`, or `all`. */
  readonly protocol: string;
  /** `6443`, `2379-2380`; of ICMP `8`, `3-4` for type and code, or `all`; of `ip` the protocol number; or `all`. */
  readonly ports: string;
  /** The name in errors: `6443/tcp`. */
  readonly label: string;
  readonly attributes: { readonly ipProtocol: string; readonly fromPort?: number; readonly toPort?: number };
}

/** A planned rule of a security group: one port, one range of ports, one protocol or all traffic, and one far end. */
export class SecurityGroupRule implements PlannedRule {
  public readonly address: string;
  public readonly identity: string;
  public readonly advice: string;
  public readonly addressAdvice = 'AwsSecurityGroup.fromId(id, { key: "a-different-name" })';
  public readonly shared = true;
  public readonly flows: readonly Flow[];
  public readonly quotas: readonly Quota[];
  public readonly agreements: readonly Agreement[];
  private readonly logicalId: string;
  /** The description with the flows of further constructs, if there are any. */
  private description: SharedDescription | undefined;

  public constructor(private readonly parts: RuleParts) {
    const { direction, group, traffic, peer } = parts;
    const { protocol, ports } = traffic;
    this.advice = parts.advice;
    this.flows = parts.flows;
    this.quotas = parts.quotas;
    this.agreements = parts.agreements;
    this.logicalId = ruleAddress({ direction, groupKey: group.key, protocol, ports, peerKey: peer.key });
    this.address = `${this.resourceClass.tfResourceType}.${this.logicalId}`;
    this.identity = `aws|${direction}|${group.appKey}|${ports}|${protocol}|${peer.appKey}`;
  }

  public get weight(): number {
    return this.parts.peer.weight ?? 1;
  }

  public get what(): string {
    const { direction, group, traffic, peer } = this.parts;
    const side = direction === RuleDirection.INGRESS ? 'from' : 'to';
    return `the ${direction} rule of security group ${group.key} for ${traffic.label} ${side} ${peer.label}`;
  }

  /** The groups that the rule refers to: its own, and the group at its far end, if any. */
  public get groups(): readonly Pick<GroupIdentity, 'key' | 'id'>[] {
    const { group, peer } = this.parts;
    return peer.group ? [group, peer.group] : [group];
  }

  /** The prefix lists that the rule refers to. */
  public get prefixLists(): readonly Pick<PrefixListIdentity, 'key' | 'id'>[] {
    const { prefixList } = this.parts.peer;
    return prefixList ? [prefixList] : [];
  }

  public get references(): readonly string[] {
    return [...this.groups, ...this.prefixLists].map(({ id }) => id);
  }

  public create(parent: Construct): VpcSecurityGroupIngressRule | VpcSecurityGroupEgressRule {
    const { group, traffic, peer, description } = this.parts;
    const rule = new this.resourceClass(parent, this.logicalId, {
      securityGroupId: group.id,
      ...traffic.attributes,
      ...peer.attribute,
      description: literal(description),
      tags: this.tagsFor(sharedOwnership(this.flows.map(({ ownership }) => ownership))),
      forEach: peer.forEach,
      lifecycle: peer.precondition && { precondition: [peer.precondition] },
      provider: group.provider as TerraformProvider | undefined,
    });
    rule.overrideLogicalId(this.logicalId);
    return rule;
  }

  public share(rule: VpcSecurityGroupIngressRule, flows: readonly Flow[]): void {
    if (this.description === undefined) {
      this.description = new SharedDescription(MAX_AWS_DESCRIPTION_LENGTH, this.parts.peer.world);
      this.description.add(this.flows);
    }
    if (!this.description.add(flows)) return;
    rule.description = literal(this.description.text);
    const tags = this.tagsFor(this.description.ownership);
    if (tags !== undefined) rule.tags = tags;
  }

  private tagsFor(ownership: SharedOwnership): Tags | undefined {
    const { tags, ownershipTags: areTagged } = this.parts.group;
    const own = areTagged === true ? ownershipTags(ownership) : {};
    return Object.keys(own).length === 0 ? tags : { ...tags, ...own };
  }

  private get resourceClass(): typeof VpcSecurityGroupIngressRule | typeof VpcSecurityGroupEgressRule {
    const { direction, provider } = this.parts;
    return direction === RuleDirection.INGRESS
      ? provider.VpcSecurityGroupIngressRule
      : provider.VpcSecurityGroupEgressRule;
  }
}

const ADVICE = 'one construct in one stack that opens it';

/** Plans the rules of a security group for one direction of a flow group: one for each port and far end. */
export function planRules(
  direction: RuleDirection,
  group: IAwsSecurityGroup,
  end: ResolvedEnd,
  { scope, place, flows }: FlowGroup,
): SecurityGroupRule[] {
  const stack = stackOf(scope, place);
  const provider = awsProvider(stack, place);
  const identity = group._identity(stack, place);
  checkProviderStack(identity.provider, stack, place);
  const peers = ruleFarEnds(end, stack, place);
  const quotas = ruleQuotas(direction, identity);
  return flows.flatMap((flow) => {
    const [ruleFlows, traffic] = [[flow], trafficOf(flow, place)];
    const descriptions = new Map<AddressFamily | undefined, string>();
    return peersFor(flow, peers).map((peer) => {
      const { world, counts, agreements } = peer;
      const description = descriptions.get(world) ?? descriptionOf(flow, world, place);
      descriptions.set(world, description);
      return new SecurityGroupRule({
        provider,
        direction,
        group: identity,
        traffic,
        peer,
        flows: ruleFlows,
        description,
        quotas: quotas[counts],
        agreements: agreements ? [...identity.agreements, ...agreements] : identity.agreements,
        advice: ADVICE,
      });
    });
  });
}

/** Plans the rules of a security group for outbound flows: one for each port and far end. */
export function planDocumentedEgress(group: IAwsSecurityGroup, flows: FlowGroup): SecurityGroupRule[] {
  return flows.destinations.flatMap(({ end, ...to }) =>
    planRules(RuleDirection.EGRESS, group, end, { ...flows, ...to }),
  );
}

/** Returns the far ends of the families that a flow is for. */
function peersFor(flow: Flow, peers: readonly RuleFarEnd[]): readonly RuleFarEnd[] {
  return peers.filter(({ counts }) => counts === 'both' || isOfFamily(flow, counts));
}

function trafficOf(flow: Flow, place: string): RuleTraffic {
  const { port, row } = flow;
  const { protocol, numbers, fromPort, toPort } = port;
  const label = String(port);
  switch (protocol) {
    case Protocol.IP:
      return { protocol, ports: numbers, label, attributes: { ipProtocol: numbers } };
    case Protocol.ICMP:
    case Protocol.ICMPV6: {
      const ports = numbers === '' ? 'all' : numbers.replace('.', '-');
      return { protocol, ports, label, attributes: { ipProtocol: protocol, fromPort, toPort } };
    }
    case Protocol.SCTP: {
      const need = `row ${row.name} (${label}) must have a protocol of AWS: a security group opens SCTP only with all its ports`;
      throw refusal(place, 'protocol-not-in-cloud', need, 'sctp', `omit: [${shown(nameInProps(flow))}]`);
    }
    default:
      return { protocol, ports: numbers, label, attributes: { ipProtocol: protocol, fromPort, toPort } };
  }
}

const DESCRIPTION = /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]*$/;

/**
 * Returns the description of a rule. Throws unless AWS accepts it: the provider does not check it, so the apply would fail
 * halfway.
 */
function descriptionOf(flow: Flow, world: AddressFamily | undefined, place: string): string {
  const description = describeFlows([flow], MAX_AWS_DESCRIPTION_LENGTH, world);
  // a rule that constructs share may have room for the owners that this description leaves out
  checkOwnership(flow, place);
  if (!DESCRIPTION.test(description)) {
    throw refusal(
      place,
      'description-invalid',
      `on AWS the description of a rule may contain only ${ALLOWED}`,
      shown(description),
    );
  }
  if (minimumDescriptionLength(flow, world) > MAX_AWS_DESCRIPTION_LENGTH) {
    const need = `on AWS a description has at most ${MAX_AWS_DESCRIPTION_LENGTH} characters, with room for the flows that share the rule: shorten the names in the table or the reason`;
    throw refusal(place, 'description-too-long', need, shown(description));
  }
  return description;
}

const ALLOWED = 'letters, digits, spaces and _ . : / ( ) # , @ [ ] + = & ; { } ! $ * -';

/** Throws for an owner or a ticket that the description of a rule cannot have. */
function checkOwnership({ ownership }: Flow, place: string): void {
  const { owner, ticket } = ownership ?? {};
  for (const [name, text] of Object.entries({ owner, ticket })) {
    if (text === undefined || DESCRIPTION.test(text)) continue;
    const plain = text
      .normalize('NFKD')
      .replace(/[^0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]/g, '')
      .trim();
    const need = `${name} is part of the descriptions of rules, which on AWS may contain only ${ALLOWED}`;
    throw refusal(place, 'description-invalid', need, shown(text), plain === '' ? undefined : shown(plain));
  }
}

const ALL_TRAFFIC: RuleTraffic = {
  protocol: 'all',
  ports: 'all',
  label: 'all traffic',
  attributes: { ipProtocol: '-1' },
};
const EVERYWHERE = [rangePeer(AddressFamily.IPV4, '0.0.0.0/0', true), rangePeer(AddressFamily.IPV6, '::/0', true)];
const ALL_EGRESS_ADVICE = 'Egress.ALL in one stack, and AwsSecurityGroup.fromId(id) without egress in the other';

/** Plans the two rules that allow all outbound traffic of a security group: one for each IP family. */
export function planAllEgress(
  group: IAwsSecurityGroup,
  { scope, place }: Pick<FlowGroup, 'scope' | 'place'>,
): SecurityGroupRule[] {
  const stack = stackOf(scope, place);
  const provider = awsProvider(stack, place);
  const identity = group._identity(stack, place);
  checkProviderStack(identity.provider, stack, place);
  const direction = RuleDirection.EGRESS;
  const quotas = ruleQuotas(direction, identity);
  return EVERYWHERE.map(
    (peer) =>
      new SecurityGroupRule({
        provider,
        direction,
        group: identity,
        traffic: ALL_TRAFFIC,
        peer,
        flows: [],
        description: ALL_OUTBOUND_DESCRIPTION,
        quotas: quotas[peer.counts],
        agreements: identity.agreements,
        advice: ALL_EGRESS_ADVICE,
      }),
  );
}

/** Returns the logical ids of the two rules that `planAllEgress` plans. */
export function allEgressIds(groupKey: string): string[] {
  const { protocol, ports } = ALL_TRAFFIC;
  return EVERYWHERE.map(({ key: peerKey }) =>
    ruleAddress({ direction: RuleDirection.EGRESS, groupKey, protocol, ports, peerKey }),
  );
}
