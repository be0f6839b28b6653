import { refusal, shown } from './refusal';

/** The properties of tables that an earlier version called otherwise, by their old names. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['protocolFrom', 'protocolBasis'],
  ['clusterInternal', 'internal'],
  ['whenClosed', 'impact'],
  ['portsFrom', 'portsBasis'],
  ['host', 'hostname'],
  ['hosts', 'hostnames'],
]);

/** What a property of one of these names is called now, if it was renamed to one of them. */
export function renamedTo(old: string, names: readonly string[]): string | undefined {
  const name = RENAMED.get(old);
  return name !== undefined && names.includes(name) ? name : undefined;
}

/** Refuses an object that has a property under its old name: without a word, what it says would be lost. */
export function checkNotRenamed(value: object, names: readonly string[], place: string, what: string): void {
  for (const old of Object.keys(value)) {
    const name = renamedTo(old, names);
    if (name === undefined) continue;
    throw refusal(place, `the properties of ${what} must be known`, shown(old), shown(name));
  }
}
