import { grouped } from '../../input';
import type { AddressFamily } from '../../net';
import {
  allowedBy,
  type TrafficSet,
  trafficDifference,
  trafficIntersection,
  type TrafficRow,
  trafficRows,
  rowText,
} from '../permitted';
import { ANY_MACHINE, resourceAddress, type Rule } from '../rule';
import { FAMILIES, isWorldWide, overlap } from '../sets';

/** What all rules of a stack open together, whatever they were created for. */
export class OpenTraffic {
  private readonly byScope: ReadonlyMap<string, readonly Rule[]>;
  private readonly traffic = new Map<string, TrafficSet>();

  constructor(rules: readonly Rule[]) {
    this.byScope = grouped(rules, scopeOf);
  }

  /** Whether rules open everything that is needed, through broader names and after all rules that deny. */
  public hasAll(needed: readonly Rule[]): boolean {
    return scopesOf(needed).every(([scope, needs]) =>
      isNothing(trafficDifference(allowedBy(needs), this.trafficIn(scope))),
    );
  }

  /**
   * Returns what rules do not open although they open some of what is needed, as rows: `ingress 443/tcp from 10.0.0.0/9 to tag:web`.
   * Nothing if they open all of it or nothing of it; where both directions are needed, some of each must be open.
   */
  public closedPart(needed: readonly Rule[]): string[] {
    const closed = scopesOf(needed).map(([scope, needs]) => {
      const wanted = allowedBy(needs);
      return {
        direction: needs[0].direction,
        isSome: !isNothing(trafficIntersection(wanted, this.trafficIn(scope))),
        rows: permittedRows(trafficDifference(wanted, this.trafficIn(scope))),
      };
    });
    const isOpen = ['ingress', 'egress'].every((direction) => {
      const ofDirection = closed.filter((each) => each.direction === direction);
      return ofDirection.length === 0 || ofDirection.some(({ isSome }) => isSome);
    });
    return isOpen ? closed.flatMap(({ rows }) => rows.map(rowText)) : [];
  }

  /** Returns the families in which rules open needed inbound traffic to most of the internet, although they do not open all of it. */
  public worldFamilies(needed: readonly Rule[]): AddressFamily[] {
    const found = scopesOf(needed.filter(({ direction }) => direction === 'ingress')).flatMap(([scope, needs]) =>
      worldFamiliesOf(trafficIntersection(allowedBy(needs), this.trafficIn(scope))),
    );
    return [...new Set(found)];
  }

  /** The Terraform addresses of the rules that allow some of what is needed. */
  public openers(needed: readonly Rule[]): string[] {
    const found = scopesOf(needed).flatMap(([scope, needs]) => {
      const wanted = allowedBy(needs);
      const near = (this.byScope.get(scope) ?? []).filter(
        (rule) => rule.action === 'allow' && needs.some(({ ports }) => overlap(ports, rule.ports)),
      );
      return near.filter((rule) => !isNothing(trafficIntersection(wanted, allowedBy([rule]))));
    });
    return [...new Set(found.map(resourceAddress))];
  }

  private trafficIn(scope: string): TrafficSet {
    const known = this.traffic.get(scope) ?? allowedBy(this.byScope.get(scope) ?? []);
    this.traffic.set(scope, known);
    return known;
  }
}

/** The rules of one direction and network are evaluated together. */
function scopeOf({ direction, network }: Rule): string {
  return `${direction}|${network}`;
}

function scopesOf(rules: readonly Rule[]): [string, Rule[]][] {
  return [...grouped(rules, scopeOf)];
}

/** Returns the families in which traffic comes from most of the internet. */
export function worldFamiliesOf(traffic: TrafficSet): AddressFamily[] {
  const open = traffic.cells.filter(({ peer }) => peer === ANY_MACHINE);
  return FAMILIES.filter((family) =>
    open.some(
      (cell) => cell.family === family && traffic.at(cell).some(({ addresses }) => isWorldWide(family, addresses)),
    ),
  );
}

function permittedRows(traffic: TrafficSet): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}

function isNothing(traffic: TrafficSet): boolean {
  return permittedRows(traffic).length === 0;
}
