import { addTo } from '../../../input';
import { POLICY_STAGES, regionalStage } from '../../rule';
import { type Block, isUnknown, type Resource } from '../../terraform';
import type { GcpNames } from '../gcp-names';

const POLICY = 'google_compute_region_network_firewall_policy';
const ASSOCIATION = 'google_compute_region_network_firewall_policy_association';
/** Attributes by whose values a policy can be referred to. */
const REFERENCE = /\.(?:name|id|self_link|self_link_with_id|region_network_firewall_policy_id)$/;
const ID = /(?:^|\/)regions\/([^/]+)\/firewallPolicies\/[^/]+$/;

/** A regional policy. */
interface RegionalPolicy {
  /** Its name with its project, or the expression that refers to it. */
  readonly name: string;
  /** Absent if it is not known. */
  readonly region?: string;
}

/** Where the rules of a regional policy apply, as far as it is known. */
interface RegionalPlaces {
  readonly region?: string;
  /** The networks, and the stage in which the rule is evaluated in the region. */
  readonly places: readonly { readonly network: string; readonly stage: number }[];
  /** Why it may apply elsewhere too; absent if all places are known. */
  readonly missing?: string;
  /** The first stage in which it may be evaluated in a network. */
  readonly earliest: number;
}

/** Finds the regions and networks in which regional firewall policies apply: those of their associations in the configuration. */
export class RegionalPolicies {
  private readonly byAddress = new Map<string, RegionalPolicy>();
  private readonly attachments = new Map<string, (string | undefined)[]>();

  constructor(
    resources: readonly Resource[],
    private readonly names: GcpNames,
  ) {
    for (const { type, block } of resources) {
      if (type !== POLICY) continue;
      const name = block.value('name');
      const called = typeof name === 'string' ? names.find(name, block.value('project')) : undefined;
      this.byAddress.set(block.address, { name: called ?? block.address, region: textOf(block, 'region') });
    }
    for (const { type, block } of resources) {
      const policy = type === ASSOCIATION ? this.policyOf(block) : undefined;
      if (policy?.region === undefined) continue;
      const target = block.value('attachment_target');
      const isText = typeof target === 'string' || isUnknown(target);
      addTo(this.attachments, keyOf(policy), isText ? names.find(target, block.value('project')) : undefined);
    }
  }

  /** Returns where a rule applies. */
  public placesOf(rule: Block): RegionalPlaces {
    const policy = this.policyOf(rule);
    const earliest = regionalStage(POLICY_STAGES.before);
    if (policy?.region === undefined) return { places: [], missing: 'the region of its policy is not known', earliest };
    const networks = this.attachments.get(keyOf(policy));
    if (networks === undefined || networks.includes(undefined)) {
      return { places: [], missing: 'it is not known to which networks its policy is attached', earliest };
    }
    const places = (networks as string[]).map((network) => ({
      network,
      // explain evaluates an order that is not known both ways
      stage: regionalStage(POLICY_STAGES[this.names.orderOf(network).order ?? 'after']),
    }));
    return { region: policy.region, places, earliest };
  }

  /** Returns the policy of a rule or an association, whether it is given by name, URL or expression. */
  private policyOf(block: Block): RegionalPolicy | undefined {
    const value = block.value('firewall_policy');
    const region = textOf(block, 'region');
    if (typeof value === 'string') {
      const [, ofId] = ID.exec(value) ?? [];
      const name = this.names.find(asGlobalPolicy(value), block.value('project'));
      return name === undefined ? undefined : { name, region: ofId ?? region };
    }
    if (!isUnknown(value) || value.expression === undefined) return undefined;
    const address = value.expression.replace(REFERENCE, '');
    const known = this.byAddress.get(address);
    return { name: known?.name ?? address, region: known?.region ?? region };
  }
}

/** Returns the id of a regional policy in the form of a global one, of which names are known: the project and the policy. */
export function asGlobalPolicy(policy: string): string {
  return policy.replace(/^(.*\/)?regions\/[^/]+\//, '$1global/');
}

function keyOf({ name, region }: RegionalPolicy): string {
  return `${region} ${name}`;
}

function textOf(block: Block, attribute: string): string | undefined {
  const value = block.value(attribute);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
