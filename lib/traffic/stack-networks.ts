import type { Configuration } from './configuration';

/** Returns the networks on GCP in the rules of a stack; those of all rules if it has none. A plan has the rules in a different file. */
export function stackNetworks(file: string, { rules, stacks }: Pick<Configuration, 'rules' | 'stacks'>): Set<string> {
  const ofRules = rules.filter(({ network }) => network !== '');
  const own = ofRules.filter((rule) => rule.file === file || !stacks.has(rule.file));
  return new Set((own.length > 0 ? own : ofRules).map(({ network }) => network));
}

/** Returns the network of a rule in the words of host groups: `network prod of project net-host`. */
export function networkInWords(network: string): string {
  const [, project, name] = /^([\w.:-]+)\/([-a-z0-9]+)$/.exec(network) ?? [];
  return name === undefined ? network.replace(/^(?!policy )/, 'network ') : `network ${name} of project ${project}`;
}

/** Returns a network with the project that rules have for it: several if rules have several, and only its name if they have none. */
export function withProjects(network: string, networks: ReadonlySet<string>): readonly string[] {
  if (networks.has(network)) return [network];
  const inProjects = [...networks].filter((one) => one.endsWith(`/${network}`));
  return inProjects.length > 0 ? inProjects : [network];
}
