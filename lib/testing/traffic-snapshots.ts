import { PermittedTraffic } from '../expectations';

/** Wraps a stack, synthesized text, a parsed object or a file, so that a snapshot shows the traffic that it permits. */
export function permittedTraffic(value: unknown): PermittedTraffic {
  return PermittedTraffic._of(value, 'permittedTraffic');
}

/** Prints stacks, and results of `permittedTraffic`, as the traffic that they permit. Other text in snapshots stays as it is. */
export const trafficSerializer = {
  test: (value: unknown): boolean => value instanceof PermittedTraffic || isStack(value),
  serialize: (value: unknown): string => (value instanceof PermittedTraffic ? value : permittedTraffic(value)).text,
};

function isStack(value: unknown): boolean {
  return typeof (value as { readonly toTerraform?: unknown } | null | undefined)?.toTerraform === 'function';
}
