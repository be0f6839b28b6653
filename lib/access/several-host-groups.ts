import type { Construct } from 'constructs';
import { readOnly, refusal } from '../input';
import { joinedLabels } from '../provenance';
import { checkedHostGroup, cloudsOf } from './checked-ends';
import type { Cloud } from './cloud';
import { farEnd, type FarEnd, ipRangesOf } from './far-end';
import { type FlowGroup, hostGroupsIn, type IHostGroup, type PlannedRule } from './host-group';

const PLACE = 'HostGroup.anyOf';

/** Several host groups of one cloud that are one role together, such as the servers and the agents of a cluster as its nodes. */
export class HostGroup implements IHostGroup {
  /**
   * Returns one host group that combines several. A flow between two roles is opened for each pair of their host groups: if `node` is
   * `HostGroup.anyOf(servers, agents)`, a flow between nodes is opened from servers to servers, servers to agents, agents to servers and
   * agents to agents. Every output names each host group by itself.
   *
   * Throws `clouds-mixed` unless all are of one cloud (`ExternalHosts` count as one), `host-group-twice` if one is given twice, also
   * within another `HostGroup.anyOf`, and `ranges-missing` if none is given. If two of them turn out to be the same machines in the stack
   * of a construct, the construct throws `host-group-twice`.
   * @param groups at least one; those of a `HostGroup.anyOf` are taken one by one
   */
  public static anyOf(...groups: IHostGroup[]): HostGroup {
    const needed = { prop: 'every argument', place: PLACE, clouds: () => groups.flatMap(cloudsOf) };
    const members = groups.flatMap((group) => hostGroupsIn(checkedHostGroup(group, needed)));
    if (members.length === 0) throw refusal(PLACE, 'ranges-missing', 'at least one host group is needed', 'none');
    checkOneCloud(members);
    const twice = members.find((group, index) => members.indexOf(group) !== index);
    if (twice !== undefined) throw givenTwice(twice.label, PLACE);
    return new HostGroup(members);
  }

  /** The cloud of all of them. */
  public readonly cloud: Cloud;
  /** Their names. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal: boolean;
  /** @internal */
  public readonly _hostGroups: readonly IHostGroup[];

  private constructor(groups: readonly IHostGroup[]) {
    this.cloud = groups[0].cloud;
    this.label = joinedLabels(groups.map(({ label }) => label));
    this._isExternal = groups[0]._isExternal;
    const ends = groups.map((group) => group._farEnd);
    this._farEnd = farEnd(PLACE, {
      ranges: ends.flatMap((end) => end.ranges),
      unknownRanges: ends.flatMap((end) => end.unknownRanges),
      hostGroups: ends.flatMap((end) => end.hostGroups),
      zones: ends.flatMap((end) => end.zones),
    });
    this._hostGroups = Object.freeze([...groups]);
    readOnly(this);
  }

  /** The IP ranges of external hosts that are known at synthesis, in canonical form; empty in a cloud. */
  public get ipRanges(): string[] {
    return ipRangesOf(this._farEnd);
  }

  /** @internal */
  public _labelIn(stack: Construct, place: string): string {
    return joinedLabels(this._hostGroups.map((group) => group._labelIn(stack, place)));
  }

  /** @internal */
  public _openIngress(group: FlowGroup): PlannedRule[] {
    return this._hostGroups.flatMap((member) => member._openIngress(group));
  }

  /** @internal */
  public _openEgress(group: FlowGroup): PlannedRule[] {
    return this._hostGroups.flatMap((member) => member._openEgress(group));
  }
}

function checkOneCloud(groups: readonly IHostGroup[]): void {
  const [first] = groups;
  const other = groups.find(({ cloud }) => cloud !== first.cloud);
  if (other === undefined) return;
  const [got, and] = [first, other].map(({ label, cloud }) => `${label} (${cloud})`);
  const need = 'the host groups of one role must be of one cloud';
  const fix = 'a construct for each of them, or Peer.anyOf(...) for machines that are only a source';
  throw refusal(PLACE, 'clouds-mixed', need, `${got} and ${and}`, fix);
}

/** Throws if two host groups of a role are the same machines in the stack of a construct. */
export function checkDistinct(group: IHostGroup, stack: Construct, place: string): void {
  const members = hostGroupsIn(group);
  if (members.length === 1) return;
  const known = new Set<string>();
  for (const member of members) {
    const label = member._labelIn(stack, place);
    const key = JSON.stringify(member._selectedBy?.(stack, place) ?? [label, ipRangesOf(member._farEnd)]);
    if (known.has(key)) throw givenTwice(label, place);
    known.add(key);
  }
}

function givenTwice(label: string, place: string): Error {
  const need = 'the host groups of one role must be different machines';
  return refusal(
    place,
    'host-group-twice',
    need,
    `${label} twice`,
    'each of them once, without HostGroup.anyOf if only one is left',
  );
}
