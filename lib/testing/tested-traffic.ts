import type { Configuration, NotEvaluated } from '../traffic/configuration';
import { allowedBy, permittedBy } from '../traffic/permitted-by';
import type { PermittedTraffic } from '../traffic/permitted-traffic';
import { readTerraform } from '../traffic/read-terraform';
import { trafficRows, type TrafficRow } from '../traffic/traffic-rows';
import { subjectOf } from './subject';

/** Reads what stands in `expect(...)`. */
export function testedConfiguration(value: unknown, place: string): Configuration {
  const { json, file } = subjectOf(value, place);
  return readTerraform(json, file);
}

/** What could not be evaluated, and has no name to be compared by. */
export function notRead({ notEvaluated }: Configuration): NotEvaluated[] {
  return notEvaluated.filter(({ comparedAs }) => comparedAs === undefined);
}

/** The table of a configuration: with what networks let out by themselves only where a rule takes something of it away. */
export function permittedRows({ rules }: Configuration): PermittedTraffic {
  const isOutRefused = rules.some(({ direction, action }) => direction === 'egress' && action !== 'allow');
  return isOutRefused ? permittedBy(rules) : allowedBy(rules);
}

/** The lines of a table in which something passes. */
export function passing(traffic: PermittedTraffic): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}
