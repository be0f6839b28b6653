import type { Construct } from 'constructs';
import { referenceOf, terraformText } from '../framework/references';
import { refusal, shown } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import type { GcpFirewallProps } from './gcp-firewall-props';

const SELF_LINK = /projects\/([^/]+)\/global\/networks\/([^/]+)$/;

/** What tags and service accounts have their meaning in, whether the network is given by its name or its self link. */
export function networkKey(firewall: GcpFirewallProps, stack: Construct, place: string): string {
  const network = referenceKey(firewall.network, stack, place);
  const [, project, name] = SELF_LINK.exec(network) ?? [];
  return name === undefined ? `${projectKey(firewall, stack, place)} ${network}` : `project ${project} ${name}`;
}

/** What the name of a rule is unique in: the project, which may be left to the provider. */
export function projectKey(
  { project, provider }: Pick<GcpFirewallProps, 'project' | 'provider'>,
  stack: Construct,
  place: string,
): string {
  return project === undefined
    ? `provider ${provider?.node.path ?? stack.node.path}`
    : `project ${referenceKey(project, stack, place)}`;
}

/** The same for the rules of a network, which stand in its project: a link to the network says which one that is. */
export function ruleProjectKey(firewall: GcpFirewallProps, stack: Construct, place: string): string {
  const { network, project = holdsToken(network) ? undefined : linkedProject(network), provider } = firewall;
  return projectKey({ project, provider }, stack, place);
}

/** Refuses a project that is not the one in which the network is: a rule stands where its network does. */
export function checkOneProject({ network, project }: GcpFirewallProps, place: string): void {
  const linked = linkedProject(network);
  if (linked === undefined || project === undefined || holdsToken(project) || project === linked) return;
  throw refusal(place, 'project must be that of the network', `${shown(project)} for ${shown(network)}`, shown(linked));
}

/** The id of the project that a link to a network names; a link may have its number instead. */
function linkedProject(network: string): string | undefined {
  const [, linked = ''] = SELF_LINK.exec(network) ?? [];
  return /^\d*$/.test(linked) ? undefined : linked;
}

/** How people call the network: its name, and the project where it was said. */
export function networkTitle(firewall: GcpFirewallProps, stack: Construct, place: string): string {
  const network = terraformText(firewall.network, stack, place);
  const [, linked, name = network] = SELF_LINK.exec(network) ?? [];
  const project =
    linked ?? (firewall.project === undefined ? undefined : terraformText(firewall.project, stack, place));
  return `network ${name}${project === undefined ? '' : ` of project ${project}`}`;
}

/** A name as it is, or what it refers to and where. */
export function referenceKey(value: string, stack: Construct, place: string): string {
  if (!holdsToken(value)) return value;
  const { expression, isText, stack: owner } = referenceOf(value, stack, place, 'a name that is known at synthesis');
  return isText ? expression : `${owner.node.path} ${expression}`;
}
