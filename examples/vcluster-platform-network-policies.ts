import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  Egress,
  KubernetesDns,
  KubernetesPods,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Network policies for vCluster Platform and Prometheus, with the namespaces and labels of their charts. */
export class VClusterPlatformNetworkPolicies extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new KubernetesProvider(this, 'kubernetes', { configPath: '~/.kube/config' });

    // the label app is the name of the release's objects, "loft" by default, and the namespace is that of the documented installation:
    // https://github.com/loft-sh/loft/blob/6dfc8c45077a7e3f2c68beeb8814d6f49741497c/chart/templates/deployment.yaml
    // https://vcluster.com/docs/platform/install/upgrade-migrate/upgrade
    const platform = KubernetesPods.labelled({ namespace: 'vcluster-platform', labels: { app: 'loft' } });

    // the labels and the port of the server of the chart; the namespace is the one that you install it into:
    // https://github.com/prometheus-community/helm-charts/blob/0bf65110651b38229d7da7937481fb117ff416e4/charts/prometheus/templates/_helpers.tpl
    const prometheus = KubernetesPods.labelled({
      namespace: 'monitoring',
      labels: { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/component': 'server' },
      ports: [{ row: 'cost-metrics', port: Port.tcp(9090) }],
    });

    // the local cluster agent is the same chart; with documented egress it sends nothing but DNS and what its policies allow
    const agent = KubernetesPods.labelled({
      namespace: 'loft-agent',
      labels: { app: 'loft' },
      egress: Egress.DOCUMENTED,
      dns: KubernetesDns.kubeDns(),
    });

    new VClusterPlatformIngressRules(this, 'vcluster-platform', {
      kubernetesApi: Peer.named('control-plane', '172.16.0.0/28'),
      platform,
    });
    new PrometheusCostMetricsRule(this, 'cost-metrics', { platform, agent, prometheus });
  }
}
