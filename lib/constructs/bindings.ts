import { isHostGroup, isPeer, type IHostGroup, type IPeer } from '../model/host-group';
import { asPeer } from '../model/ranges-given';
import type { Port } from '../model/port';
import type { DocumentedFlow, PortTable, Supplement } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { namesRow } from './row-names';

/** The machines of a role, and the name of the property by which the user gave them. */
export interface BoundRole {
  readonly prop: string;
  readonly peer: IPeer;
}

/** A documented flow whose roles were given machines. */
export interface Binding {
  readonly documented: DocumentedFlow | Supplement;
  readonly source: BoundRole;
  readonly destination: BoundRole;
  /** Which of several installations of the same thing this is for. */
  readonly environment?: string;
  /** The DNS name by which people know the destination. */
  readonly hostname?: string;
  /** The one other port for all rows. */
  readonly port?: Port;
}

/** The machines that a property gives. */
export function boundRole(prop: string, peer: IPeer): BoundRole {
  return { prop, peer };
}

/** Binds every flow of a table to the machines of its roles. */
export function bindAll(flows: readonly DocumentedFlow[], roles: Readonly<Record<string, BoundRole>>): Binding[] {
  return flows.map((documented) => ({
    documented,
    source: roles[documented.source.id],
    destination: roles[documented.destination.id],
  }));
}

/** All flows of a table with the rows that a condition keeps. */
export function flowsWith(flows: readonly DocumentedFlow[], keeps: (row: string) => boolean): DocumentedFlow[] {
  return flows.map((flow) => ({ ...flow, rows: flow.rows.filter((row) => keeps(row.name)) }));
}

/** A flow without the rows that stay closed. */
export function withoutOmitted(flow: DocumentedFlow, omit: readonly string[]): DocumentedFlow {
  return { ...flow, rows: flow.rows.filter((row) => !namesRow(omit, flow, row)) };
}

/** What a table says, and what it leaves out. */
export function allFlows(table: PortTable): DocumentedFlow[] {
  return [...table.flows, ...(table.supplements ?? [])];
}

/** Refuses a source that is no peer. */
export function checkedPeer({ prop, peer }: BoundRole, place: string): IPeer {
  if (!isPeer(peer)) throw refusal(place, `${prop} must be a peer or a host group`, shown(peer), asPeer(peer));
  return peer;
}

/** Refuses a destination for which no rules can be made. */
export function checkedHostGroup({ prop, peer }: BoundRole, place: string): IHostGroup {
  if (!isHostGroup(peer)) {
    const need = `${prop} must be a host group (a network tag, a service account, a security group or external hosts)`;
    throw refusal(
      place,
      need,
      isPeer(peer) ? peer.label : shown(peer),
      'GcpFirewall.networkTag(tag), an AwsSecurityGroup, or ExternalHosts.named(name, ...ranges) where others open the ports',
    );
  }
  return peer;
}
