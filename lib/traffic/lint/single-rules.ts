import { ALL_OUTBOUND_DESCRIPTION } from '../../access';
import type { DocumentedRowIndex } from '../documented-row';
import { type Configuration, LISTED_ONLY } from '../configuration';
import { deniesByName } from '../permitted';
import { ANY_MACHINE, type GroupName, type Rule } from '../rule';
import { ALL_PORTS, contains, WHOLE } from '../sets';
import { about, type Finding, findingAt, stableAddress } from './finding';

/** Finds rules that do not say what they are for. */
export function withoutDescription(rules: readonly Rule[]): Finding[] {
  return rules
    .filter(({ description }) => description === undefined || description.trim() === '')
    .map((rule) => findingAt(rule, 'no-description', 'it has no description'));
}

/** Finds rules that no known document asks for. */
export function withoutProvenance(rules: readonly Rule[], documented: DocumentedRowIndex): Finding[] {
  return rules
    .filter((rule) => rule.action === 'allow' && isUnasked(rule, documented))
    .map((rule) => findingAt(rule, 'no-provenance', 'no known document asks for it'));
}

/** Whether no known document asks for a rule. The outbound rules of `Egress.ALL` need no document. */
function isUnasked(rule: Rule, documented: DocumentedRowIndex): boolean {
  if (documented.of(rule).length > 0) return false;
  return !saysEverything(rule) || documented.isUndocumented(rule);
}

/** Whether a rule says that it is one of `Egress.ALL`, and allows all outbound traffic of a family. */
function saysEverything({ direction, ports, peers, description = '' }: Rule): boolean {
  return (
    direction === 'egress' &&
    description.startsWith(ALL_OUTBOUND_DESCRIPTION) &&
    ports.some(([from, to]) => from <= ALL_PORTS[0] && to >= ALL_PORTS[1]) &&
    peers.some(({ name, family, addresses }) => name === ANY_MACHINE && contains(addresses, WHOLE[family]))
  );
}

/**
 * Finds rules that no construct asks for, in the security groups of which the code wants to know them. A plan or a state lists such rules in
 * the group too if no resource creates them.
 */
export function unmanagedRules(configuration: Configuration, documented: DocumentedRowIndex): Finding[] {
  const groups = reportedGroups(configuration);
  if (groups.size === 0) return [];
  const ofRules = configuration.rules.filter(
    (rule) => rule.groups.some((group) => groups.has(group)) && isUnasked(rule, documented),
  );
  const listed = configuration.notEvaluated.filter(
    ({ address, reason }) => reason === LISTED_ONLY && groups.has(`sg:${stableAddress(address).replace(/\.\w+$/, '')}`),
  );
  return [
    ...ofRules.map((rule) => findingAt(rule, 'unmanaged-rule', 'no construct asks for it')),
    ...listed.map(({ address, file, content = '' }) =>
      about(
        findingAt({ address, file }, 'unmanaged-rule', 'no resource creates it: somebody made it by hand'),
        content,
      ),
    ),
  ];
}

/** Returns the security groups whose code asks to report rules that no construct asks for. */
function reportedGroups({ provenance, selectedMachines }: Configuration): ReadonlySet<GroupName> {
  const machines = selectedMachines?.();
  const found = new Set<GroupName>();
  for (const [file, { peers }] of provenance) {
    peers.forEach(({ hostGroups }, peer) =>
      hostGroups.forEach(({ selectedBy }, at) => {
        const selected = machines?.get(file)?.[peer]?.[at];
        if (selectedBy?.unmanagedRules === 'report' && selected !== undefined) found.add(selected.group);
      }),
    );
  }
  return found;
}

const DENIES_BY_NAME =
  'it denies by name: a machine with several names may be denied traffic that a rule for its other names allows';

/** Finds rules that deny by tag or account, which say nothing certain about machines that have several. */
export function denyingByName(rules: readonly Rule[]): Finding[] {
  return deniesByName(rules).map((rule) => findingAt(rule, 'denies-by-name', DENIES_BY_NAME));
}
