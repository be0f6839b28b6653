import { oneLine } from '../renderers/one-line';
import { rowText, trafficRows } from '../traffic/traffic-rows';
import { isStack } from './subject';
import { notRead, permittedRows, testedConfiguration } from './tested-traffic';

/** What a configuration permits, as a snapshot shows it. */
export class PermittedTable {
  /** A line for each port and far end, in an order that does not depend on how the configuration is written. */
  public readonly text: string;

  public constructor(value: unknown) {
    const configuration = testedConfiguration(value, 'permittedTraffic');
    const lines = [
      ...trafficRows(permittedRows(configuration)).map(rowText),
      ...notRead(configuration).map(({ address, reason }) => `could not be read: ${address}: ${reason}`),
    ];
    this.text = lines.length === 0 ? 'nothing is permitted' : lines.map(oneLine).join('\n');
  }
}

/** Shows a configuration in snapshots as the traffic that it permits: a stack, synthesized text, a parsed object or a file. */
export function permittedTraffic(value: unknown): PermittedTable {
  return new PermittedTable(value);
}

/** Prints stacks, and what `permittedTraffic` takes, as the traffic that they permit. Text in snapshots stays what it is. */
export const trafficSerializer = {
  test: (value: unknown): boolean => value instanceof PermittedTable || isStack(value),
  serialize: (value: unknown): string => (value instanceof PermittedTable ? value : new PermittedTable(value)).text,
};
