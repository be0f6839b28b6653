import type { Construct } from 'constructs';
import {
  Cloud,
  Egress,
  groupEnd,
  type FarEnd,
  type FlowGroup,
  type IHostGroup,
  type MachineFacts,
  type PlannedRule,
  type RowToOpen,
} from '../../access';
import { providerReference } from '../../framework';
import { readOnly } from '../../input';
import type { Port } from '../../net';
import type { SelectorJson } from '../../provenance';
import { portOfContainer } from './container-ports';
import { labelText } from './forms';
import { checkRowsAtSynthesis } from './known-rows';
import { checkedPodsProps, type KubernetesPodsProps, type PodsSettings } from './kubernetes-pods-props';
import { planOpenEgress, planEgress, planIngress } from './plan-policies';
import { dnsJson } from './policy-peers';

const EGRESS_JSON = {
  [Egress.DOCUMENTED]: 'documented',
  [Egress.ALL]: 'everything',
  [Egress.UNMANAGED]: undefined,
} as const;

/**
 * Pods of a Kubernetes cluster, which network policies select by their labels.
 *
 * As a destination they get a NetworkPolicy with ingress, as a source with `Egress.DOCUMENTED` one with egress, and in policies for other
 * pods they are a selector of pods and of their namespace. Kubernetes refuses everything else that a policy selects: the first policy with
 * ingress closes all other ports of its pods. It applies only if the network plugin of the cluster supports network policies.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class KubernetesPods implements IHostGroup {
  /**
   * Returns the pods of a namespace that have some labels.
   *
   * Throws `namespace-invalid` without a namespace, `label-invalid` for keys and values that Kubernetes refuses,
   * `selector-without-reason` for no labels without a reason, and `dns-missing` for `Egress.DOCUMENTED` without `dns`.
   * @param props the namespace and the labels, and the settings of the policies
   */
  public static labelled(props: KubernetesPodsProps): KubernetesPods {
    // a second parameter would be public API in every language; JavaScript ignores a second argument
    // eslint-disable-next-line prefer-rest-params
    return new KubernetesPods(checkedPodsProps(props, (arguments as ArrayLike<unknown>)[1]));
  }

  /** Always `kubernetes`. */
  public readonly cloud: Cloud = Cloud.KUBERNETES;
  /** The name of the pods in errors and documents: `pods prod:app=web`, or `pods` and the name. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal = false;
  /** @internal */
  public readonly _settings: PodsSettings;

  private constructor(settings: PodsSettings) {
    const { namespace, labels, name } = settings;
    this._settings = settings;
    this.label = `pods ${name ?? `${namespace}:${labelText(labels)}`}`;
    this._farEnd = groupEnd(this);
    readOnly(this);
  }

  /** The IP ranges of the pods that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return this._settings.ipRanges?.ipRanges ?? [];
  }

  /** @internal */
  public _labelIn(): string {
    return this.label;
  }

  /** @internal */
  public _factsIn(): MachineFacts {
    const { ipRanges, zone } = this._settings;
    return { ipRanges, zone };
  }

  /** @internal */
  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const { namespace, labels, namespaceLabels, egress, dns, provider } = this._settings;
    return {
      kind: 'pods',
      value: `${namespace}:${labelText(labels)}`,
      provider: providerReference(provider),
      namespaceLabels: namespaceLabels && labelText(namespaceLabels),
      egress: EGRESS_JSON[egress],
      dns: dns && dnsJson(dns, stack, place),
    };
  }

  /** @internal */
  public _portOf(flow: RowToOpen, place: string): Port {
    return portOfContainer(this._settings.ports, flow, this.label, place);
  }

  /** @internal */
  public _openIngress(group: FlowGroup): PlannedRule[] {
    const rules = [...planIngress(this, group), ...this.allEgress(group)];
    checkRowsAtSynthesis(this, group);
    return rules;
  }

  /** @internal */
  public _openEgress(group: FlowGroup): PlannedRule[] {
    return this._settings.egress === Egress.DOCUMENTED ? planEgress(this, group) : this.allEgress(group);
  }

  private allEgress(group: FlowGroup): PlannedRule[] {
    return this._settings.egress === Egress.ALL ? planOpenEgress(this, group) : [];
  }
}
