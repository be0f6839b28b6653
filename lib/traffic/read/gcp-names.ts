import { addTo } from '../../input';
import type { EnforcementOrder } from '../configuration';
import { type Block, isUnknown, type Resource, type UnknownValue } from '../terraform';
import type { EndName } from '../rule';
import { FAMILIES } from '../sets';
import { EnforcementOrders } from './enforcement-orders';
import { namedPeers, type Peers, rangePeers } from './peers';

const NETWORK = 'google_compute_network';
const FIREWALL = 'google_compute_firewall';
const POLICY = 'google_compute_network_firewall_policy';
const POLICY_RULE = 'google_compute_network_firewall_policy_rule';
const ASSOCIATION = 'google_compute_network_firewall_policy_association';
const ADDRESS_GROUP = 'google_network_security_address_group';
/** Attributes by whose values a network or policy can be referred to. */
const IDS = ['id', 'self_link', 'self_link_with_id', 'numeric_id', 'network_id', 'network_firewall_policy_id'];
const ID = new RegExp(String.raw`\.(?:name|${IDS.join('|')})$`);
const URL =
  /^(?:(?:https?:)?\/\/[^/]+\/(?:compute\/[^/]+\/)?|\/?compute\/[^/]+\/)?(?:projects\/([^/]+)\/)?global\/(?:networks|firewallPolicies)\/([^/]+)$/;

/** What an API puts in front of the id of an address group. */
const GROUP_PREFIX = /^(?:(?:https?:)?\/\/[^/]+\/(?:v\w+\/)?)(?=projects\/|organizations\/)/;

const WITH_PROJECT = /^[\w.:-]+\/[-a-z0-9]+$/;

/** Finds the one name of a network or firewall policy, whether a rule refers to it by name, URL or expression. */
export class GcpNames {
  private readonly byReference = new Map<string, string>();
  /** The associations of which both ends are known, with a policy of this configuration. */
  private readonly read = new Set<string>();
  private readonly attachments = new Map<string, string[]>();
  private readonly orders: EnforcementOrders;
  private readonly addressGroups = new Map<string, AddressGroup>();

  /** @param impliedProject the project that names without one have: it is left out of all names */
  constructor(
    resources: readonly Resource[],
    private readonly impliedProject?: string,
  ) {
    const networks: [string, Resource][] = [];
    for (const resource of resources) {
      const { type, block } = resource;
      if (type !== NETWORK && type !== POLICY) continue;
      const name = block.value('name');
      const called = typeof name === 'string' ? this.nameOf(name, block.value('project')) : block.address;
      for (const key of IDS.map((id) => block.value(id))) {
        if (typeof key === 'string') this.byReference.set(key, called);
      }
      this.byReference.set(block.address, called);
      if (type === NETWORK) networks.push([called, resource]);
    }
    this.orders = new EnforcementOrders(networks);
    for (const { type, block } of resources) if (type === ADDRESS_GROUP) this.addAddressGroup(block);
    const own = this.policiesOf(resources);
    for (const { type, block } of resources) {
      if (type !== ASSOCIATION) continue;
      const [network, policy] = [textOf(block, 'attachment_target'), textOf(block, 'firewall_policy')];
      if (network === undefined || policy === undefined) continue;
      const [at, key] = [this.find(network, block.value('project')), this.find(policy, block.value('project'))];
      if (at === undefined || key === undefined) continue;
      if (!isExpression(at) && !isExpression(key) && own.has(key)) this.read.add(block.address);
      addTo(this.attachments, key, at);
    }
  }

  /** Returns the policies that the configuration creates, or of which it has rules. */
  private policiesOf(resources: readonly Resource[]): Set<string> {
    const found = new Set<string>();
    for (const { type, block } of resources) {
      if (type === POLICY) found.add(this.byReference.get(block.address)!);
      const policy = type === POLICY_RULE ? textOf(block, 'firewall_policy') : undefined;
      const name = policy === undefined ? undefined : this.find(policy, block.value('project'));
      if (name !== undefined) found.add(name);
    }
    return found;
  }

  /** Returns the name of a network or policy, with its project if that is known; else the expression that refers to it. */
  public find(value: string | UnknownValue, project: unknown): string | undefined {
    if (!isUnknown(value)) return this.byReference.get(value) ?? this.nameOf(value, project);
    if (value.expression === undefined) return undefined;
    const address = value.expression.replace(ID, '');
    return this.byReference.get(address) ?? address;
  }

  /** Returns an address group: its IP ranges, if all of them are in the configuration, else its name; nothing if it is not known. */
  public addressGroup(value: string | UnknownValue): AddressGroup | undefined {
    const text = isUnknown(value) ? value.expression?.replace(/\.id$/, '') : value.replace(GROUP_PREFIX, '');
    if (text === undefined || (isUnknown(value) && value.count === 'any')) return undefined;
    const name: EndName = `list:${text}`;
    return this.addressGroups.get(text) ?? { name, peers: namedPeers(name) };
  }

  private addAddressGroup(block: Block): void {
    const [parent, location, called] = ['parent', 'location', 'name'].map((name) => block.value(name));
    const isKnown = [parent, location, called].every((part) => typeof part === 'string');
    const id = isKnown
      ? `${String(parent)}/locations/${String(location)}/addressGroups/${String(called)}`
      : block.value('id');
    const name: EndName = `list:${typeof id === 'string' ? id : block.address}`;
    const items = block.texts('items');
    const isWhole = items.length > 0 && !items.some(isUnknown);
    const ranges = isWhole
      ? rangePeers(block, 'items', (items as string[]).map(withLength), FAMILIES).peers
      : namedPeers(name);
    const group = { name, peers: ranges };
    this.addressGroups.set(block.address, group);
    if (typeof id === 'string') this.addressGroups.set(id, group);
  }

  /** Whether both ends of an association are known. */
  public isRead(association: string): boolean {
    return this.read.has(association);
  }

  /** Returns the networks that a policy is attached to. */
  public networksOf(policy: string): readonly string[] {
    return this.attachments.get(policy) ?? [];
  }

  /** Returns the networks to which policies are attached whose name with its project means the same in every configuration. */
  public knownAttachments(): Map<string, readonly string[]> {
    return new Map([...this.attachments].filter(([policy]) => WITH_PROJECT.test(policy)));
  }

  /** Returns all networks that a configuration creates, attaches policies to, or has firewall rules of. */
  public allNetworks(resources: readonly Resource[]): readonly string[] {
    const ofRules = resources.flatMap(({ type, block }) => {
      const network = type === FIREWALL ? textOf(block, 'network') : undefined;
      return network === undefined ? [] : (this.find(network, block.value('project')) ?? []);
    });
    return [...new Set([...this.orders.networks, ...[...this.attachments.values()].flat(), ...ofRules])].sort();
  }

  /** Returns when the firewall policies of a network are evaluated. */
  public orderOf(network: string): EnforcementOrder {
    return this.orders.of(network);
  }

  /** Returns the same for all networks that the configuration creates, or attaches policies to. */
  public enforcementOrders(): Map<string, EnforcementOrder> {
    const networks = [...this.orders.networks, ...[...this.attachments.values()].flat()];
    return new Map(networks.map((network) => [network, this.orderOf(network)]));
  }

  private nameOf(name: string, project: unknown): string {
    const [, urlProject, urlName] = URL.exec(name) ?? [];
    if (urlName !== undefined) return this.nameOf(urlName, urlProject ?? project);
    // networks of one name are different ones if their projects are
    if (isUnknown(project) && project.expression !== undefined) return `${name} of ${project.expression}`;
    const isNamed = typeof project === 'string' && project !== '' && project !== this.impliedProject;
    return isNamed ? `${project}/${name}` : name;
  }
}

/** An address group at the far end of rules. */
interface AddressGroup {
  /** `list:` and its id, or its Terraform address. */
  readonly name: EndName;
  readonly peers: Peers['peers'];
}

/** Returns an item of an address group as a range: it may be one IP address. */
function withLength(item: string): string {
  return item.includes('/') ? item : `${item}/${item.includes(':') ? 128 : 32}`;
}

/** Returns an attribute that is text, or not known. */
function textOf(block: Block, name: string): string | UnknownValue | undefined {
  const value = block.value(name);
  return typeof value === 'string' || isUnknown(value) ? value : undefined;
}

/** Whether a name is an expression, not the name of a network or policy or the address of a resource that has one. */
function isExpression(name: string): boolean {
  return /[^\w./:[\]"-]/.test(name) || /^(?:local|var|module|data)\./.test(name);
}
