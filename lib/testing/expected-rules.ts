import { refusal, shown } from '../model/refusal';
import type { Configuration } from '../traffic/configuration';
import { UNORDERED, type Direction, type Rule } from '../traffic/rule';
import { knownNetwork } from '../traffic/known-network';
import { expectedPeers, isMachines, nearEnd } from './expected-end';
import { checkRows, expectedPorts, rowPlace, type ExpectedRow } from './expected-row';

/** The rules that rows of a test describe, in the names that the configuration has. */
export function expectedRules(rows: readonly ExpectedRow[], configuration: Configuration, place: string): Rule[] {
  return checkRows(rows, place).map((row, index) => expectedRule(row, configuration, rowPlace(place, index)));
}

function expectedRule(row: ExpectedRow, configuration: Configuration, place: string): Rule {
  const { from, to } = row;
  const ports = expectedPorts(row.port, place);
  if (!isMachines(from) && isRange(from) && isRange(to)) {
    throw refusal(place, 'from or to must be machines at which the rule stands', `${shown(from)} and ${shown(to)}`);
  }
  const direction = row.direction ?? directionOf(row);
  const [near, far] = direction === 'ingress' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const group = nearEnd(row[near], configuration, `${place}, ${near}`);
  return {
    address: place,
    file: configuration.file,
    direction,
    network: networkOf(row, group, configuration, place),
    groups: [group],
    peers: expectedPeers(row[far], configuration, `${place}, ${far}`),
    ports: [ports],
    action: 'allow',
    precedence: UNORDERED,
  };
}

/** A rule can only stand at machines. */
function directionOf({ from, to }: ExpectedRow): Direction {
  return isMachines(from) && (isRange(to) || /^(?:list|unknown):/.test(to)) ? 'egress' : 'ingress';
}

function isRange(text: string): boolean {
  return /^[\da-f.:]+\/\d+$/i.test(text);
}

function networkOf({ network }: ExpectedRow, group: string, { rules }: Configuration, place: string): string {
  const isGroup = group.startsWith('sg:');
  if (isGroup && network !== undefined) {
    throw refusal(place, 'network must be given for machines on GCP alone', `${shown(network)} for ${shown(group)}`);
  }
  if (isGroup) return '';
  const networks = [...new Set(rules.map((rule) => rule.network).filter((name) => name !== ''))];
  if (network !== undefined) return knownNetwork(network, networks, place);
  if (networks.length < 2) return networks[0] ?? 'network';
  throw refusal(
    place,
    'network must be given where the configuration has several',
    'none',
    networks.map(shown).join(' or '),
  );
}
