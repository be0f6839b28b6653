import { rulesOf } from '../provenance';
import type { AwsPlace, Configuration } from './configuration';
import { resourceAddress } from './rule';

/**
 * Returns the networks on GCP in which a stack opens flows: those of the rules that its provenance names, else of all rules of the stack,
 * else those of its machines with the project of their provider, such as behind a firewall that is disabled, else of all rules. A plan has
 * the rules in a different file.
 */
export function stackNetworks(
  file: string,
  {
    rules,
    stacks,
    provenance,
    selectedMachines,
  }: Pick<Configuration, 'rules' | 'stacks' | 'provenance' | 'selectedMachines'>,
): Set<string> {
  const { flows = [], hostnames = [] } = provenance.get(file) ?? {};
  const named = new Set([...flows, ...hostnames].flatMap(rulesOf));
  const ofRules = rules.filter(({ network }) => network !== '');
  const ofFile = ofRules.filter((rule) => rule.file === file || !stacks.has(rule.file));
  const own = ofFile.filter((rule) => named.has(resourceAddress(rule)));
  const rulesOfStack = [own, ofFile].find((some) => some.length > 0);
  if (rulesOfStack !== undefined) return new Set(rulesOfStack.map(({ network }) => network));
  const ofMachines = (selectedMachines?.().get(file) ?? []).flat().flatMap((machines) => machines?.network ?? []);
  const inProjects = ofMachines.filter((network) => /\/| of /.test(network));
  return new Set(inProjects.length > 0 ? inProjects : ofRules.map(({ network }) => network));
}

/** Returns the network of a rule in the words of host groups: `network prod of project net-host`. */
export function networkInWords(network: string): string {
  const [, project, name] = /^([\w.:-]+)\/([-a-z0-9]+)$/.exec(network) ?? [];
  return name === undefined ? network.replace(/^(?!policy )/, 'network ') : `network ${name} of project ${project}`;
}

/** Returns where machines on AWS are, in words: `region eu-west-1 of account 123456789012`; else the provider of their rules. */
export function placeInWords({ account, region, provider }: Omit<AwsPlace, 'key'>): string | undefined {
  if (region !== undefined) return `region ${region}${account === undefined ? '' : ` of account ${account}`}`;
  if (account !== undefined) return `account ${account}`;
  return provider === undefined ? undefined : `provider ${provider}`;
}

/** Returns the account and the region of a place, for JSON. */
export function knownPlace({ account, region }: Partial<AwsPlace> = {}): Pick<AwsPlace, 'account' | 'region'> {
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

/** The project of a network, if it is an expression: `prod of var.project`. */
const OF_EXPRESSION = / of .*$/;

/** Returns a network with the project that rules have for it: several if rules have several, and only its name if they have none. */
export function withProjects(network: string, networks: ReadonlySet<string>): readonly string[] {
  if (networks.has(network)) return [network];
  const inProjects = [...networks].filter((one) => one === network || isInProject(one, network));
  return inProjects.length > 0 ? inProjects : [network];
}

/** Whether a network is one of a name in a project: `net-host/prod` or `prod of var.project`. */
export function isInProject(network: string, name: string): boolean {
  return network !== name && network.replace(OF_EXPRESSION, '').replace(/^.*\//, '') === name;
}
