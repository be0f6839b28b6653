import type { Configuration } from '../configuration';
import { aclsOf } from './network-acls';
import { FAMILY_BOUNDARIES, type PortInterval, parsePorts } from '../sets';

/**
 * Cuts ports into parts in which no rule, row or network ACL of a configuration tells two ports apart, so that one answer holds for all of
 * a part.
 */
export function uniformParts(asked: readonly PortInterval[], configuration: Configuration): PortInterval[] {
  const known = asked.some(([from, to]) => to - from > 1) ? boundariesIn(configuration) : [];
  return asked.flatMap(([from, to]) => {
    const cuts = [...new Set(known.filter((cut) => cut > from && cut < to))].sort((one, other) => one - other);
    return [from, ...cuts].map((start, at): PortInterval => [start, cuts[at] ?? to]);
  });
}

function boundariesIn(configuration: Configuration): number[] {
  const { rules, notEvaluated, provenance, subnets } = configuration;
  const texts = [...provenance.values()].flatMap(({ flows, hostnames = [], omitted = [], omittedHostnames = [] }) => [
    ...[...flows, ...omitted].map(({ port }) => port),
    ...[...hostnames, ...omittedHostnames].flatMap(({ ports }) => ports),
  ]);
  const acls = subnets === undefined ? [] : aclsOf(subnets);
  return [
    ...FAMILY_BOUNDARIES,
    ...rules.flatMap(({ ports }) => ports.flat()),
    ...notEvaluated.flatMap(({ possible = [] }) => possible.flatMap(({ ports = [] }) => ports.flat())),
    ...[...new Set(texts)].flatMap((text) => parsePorts(text) ?? []),
    ...acls.flatMap((acl) => [...acl.rules.ingress, ...acl.rules.egress].flatMap(({ ports }) => [...ports])),
  ];
}
