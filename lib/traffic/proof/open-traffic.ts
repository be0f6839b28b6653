import { grouped } from '../../input';
import { allowedBy, type PermittedTraffic, trafficDifference, trafficIntersection, trafficRows } from '../permitted';
import { resourceAddress, type Rule } from '../rule';
import { overlap } from '../sets';

/** What all rules of a stack open together, whatever they were created for. */
export class OpenTraffic {
  private readonly byScope: ReadonlyMap<string, readonly Rule[]>;
  private readonly traffic = new Map<string, PermittedTraffic>();

  constructor(rules: readonly Rule[]) {
    this.byScope = grouped(rules, scopeOf);
  }

  /** Whether rules open everything that is needed, through broader names and after all rules that deny. */
  public hasAll(needed: readonly Rule[]): boolean {
    return scopesOf(needed).every(([scope, needs]) =>
      isNothing(trafficDifference(allowedBy(needs), this.trafficIn(scope))),
    );
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

  private trafficIn(scope: string): PermittedTraffic {
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

function isNothing(traffic: PermittedTraffic): boolean {
  return !trafficRows(traffic).some(({ permitted }) => permitted);
}
