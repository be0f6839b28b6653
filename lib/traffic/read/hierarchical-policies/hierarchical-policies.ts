import { addTo } from '../../../input';
import { hierarchicalStage } from '../../rule';
import { type Block, isUnknown, type Resource, type UnknownValue } from '../../terraform';

const POLICY = 'google_compute_firewall_policy';
const ASSOCIATION = 'google_compute_firewall_policy_association';
const FOLDER = 'google_folder';
const PROJECT = 'google_project';
/** Attributes by whose values a policy, folder or project can be referred to. */
const REFERENCE = /\.(?:name|id|self_link|self_link_with_id|firewall_policy_id|folder_id|project_id|number)$/;
const NODE = /^(?:organizations|folders)\/\d+$/;

/** A network in which a rule applies, and when it is evaluated there. */
interface HierarchicalPlace {
  readonly network: string;
  readonly stage: number;
}

/** Where a rule applies, as far as it is known. */
interface PolicyPlaces {
  readonly places: readonly HierarchicalPlace[];
  /** Why it may apply elsewhere too; absent if all places are known. */
  readonly missing?: string;
  /** The networks of which it is not known whether it applies there; absent if these may be any. */
  readonly elsewhere?: readonly string[];
}

/** The networks that rules of a configuration may apply to. */
interface KnownNetworks {
  /** The names of all networks in the configuration. */
  readonly all: readonly string[];
  /** Finds the name of a network that a rule refers to. */
  readonly names: { find(value: string | UnknownValue, project: unknown): string | undefined };
  /** The project of names without one. */
  readonly impliedProject?: string;
}

/**
 * Finds the networks to which hierarchical firewall policies apply: those of the projects below the organization or folder with which a
 * policy is associated. Which project is below which folder is known from `google_project` and `google_folder` of the configuration.
 */
export class HierarchicalPolicies {
  /** The organizations and folders with which a policy is associated. */
  private readonly targets = new Map<string, (string | undefined)[]>();
  /** The organization or folder in which a folder is. */
  private readonly parents = new Map<string, string>();
  /** The same for projects, by their ids. */
  private readonly projects = new Map<string, string>();
  /** What expressions refer to. */
  private readonly byAddress = new Map<string, string>();

  constructor(
    resources: readonly Resource[],
    private readonly networks: KnownNetworks,
  ) {
    for (const { type, block } of resources) {
      if (type === FOLDER || type === POLICY) this.byAddress.set(block.address, nodeOf(block) ?? block.address);
    }
    for (const { type, block } of resources) {
      if (type === FOLDER) addParent(this.parents, this.byAddress.get(block.address)!, this.nameIn(block, 'parent'));
      if (type === PROJECT) this.addProject(block);
      if (type !== ASSOCIATION) continue;
      const policy = this.nameIn(block, 'firewall_policy');
      if (policy !== undefined) addTo(this.targets, policy, this.nameIn(block, 'attachment_target'));
    }
  }

  /** Returns where a rule applies. */
  public placesOf(rule: Block): PolicyPlaces {
    const listed = rule.texts('target_resources').map((value) => this.networks.names.find(value, undefined));
    if (listed.includes(undefined)) return { places: [], missing: 'target_resources is known after apply' };
    const networks = listed as string[];
    const policy = this.nameIn(rule, 'firewall_policy');
    const targets = policy === undefined ? undefined : this.targets.get(policy);
    if (targets === undefined || targets.includes(undefined)) {
      const missing = 'it is not known with which organization or folder its policy is associated';
      return { places: [], missing, ...(networks.length > 0 && { elsewhere: networks }) };
    }
    const places: HierarchicalPlace[] = [];
    const unknown: { network: string; target: string }[] = [];
    for (const network of networks.length > 0 ? networks : this.networks.all) {
      for (const target of targets as string[]) {
        const distance = this.distance(network, target);
        if (distance === undefined) unknown.push({ network, target });
        else if (distance !== 'outside') places.push({ network, stage: hierarchicalStage(distance) });
      }
    }
    if (unknown.length === 0) return { places };
    const [{ network, target }] = unknown;
    return {
      places,
      missing: `it is not known whether the network ${network} is below ${target}`,
      elsewhere: unknown.map((one) => one.network),
    };
  }

  /**
   * Returns how many folders are between the project of a network and an organization or folder; nothing if it is not known whether the
   * project is below it.
   */
  private distance(network: string, target: string): number | 'outside' | undefined {
    const [, project = this.networks.impliedProject] = /^([\w.:-]+)\/[-a-z0-9]+$/.exec(network) ?? [];
    let node = project === undefined ? undefined : this.projects.get(project);
    for (let distance = 0; node !== undefined && distance <= this.parents.size; distance++) {
      if (node === target) return distance;
      if (node.startsWith('organizations/')) return 'outside';
      node = this.parents.get(node);
    }
    return undefined;
  }

  private addProject(block: Block): void {
    const [id, folder, organization] = ['project_id', 'folder_id', 'org_id'].map((name) => block.value(name));
    if (typeof id !== 'string') return;
    const isIn = (value: unknown): boolean => (typeof value === 'string' && value !== '') || isUnknown(value);
    const parent = isIn(folder)
      ? this.nodeName(folder, 'folders')
      : isIn(organization)
        ? this.nodeName(organization, 'organizations')
        : undefined;
    addParent(this.projects, id, parent);
  }

  private nodeName(value: unknown, kind: 'folders' | 'organizations'): string | undefined {
    return typeof value === 'string' && /^\d+$/.test(value) ? `${kind}/${value}` : this.nameOf(value);
  }

  private nameIn(block: Block, attribute: string): string | undefined {
    return this.nameOf(block.value(attribute));
  }

  /** Returns the one name of an organization, folder or policy, whether it is given by id, URL or expression. */
  private nameOf(value: unknown): string | undefined {
    if (typeof value === 'string' && value !== '') return value.replace(/^.*\/firewallPolicies\//, '');
    if (!isUnknown(value) || value.expression === undefined) return undefined;
    return this.byAddress.get(value.expression.replace(REFERENCE, ''));
  }
}

function addParent(parents: Map<string, string>, child: string, parent: string | undefined): void {
  // two resources of one node that do not agree make it unknown
  if (parent === undefined || (parents.get(child) ?? parent) !== parent) parents.delete(child);
  else parents.set(child, parent);
}

/** Returns the name of a folder or policy that a state or plan knows. */
function nodeOf(block: Block): string | undefined {
  const [name, id] = [block.value('name'), block.value('firewall_policy_id') ?? block.value('id')];
  if (typeof name === 'string' && NODE.test(name)) return name;
  return typeof id === 'string' ? id.replace(/^.*\/firewallPolicies\//, '') : undefined;
}
