// Generated from the tables of products by `npm run products`.
/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports --
   a table is loaded on first use, by a call that bundlers follow */
import type { HostnameTable, PortTable } from '../tables';

/** Returns each port table, by its key. */
export const GENERATED_TABLES: Readonly<Record<string, () => PortTable>> = {
  'antrea@2026-08': () =>
    (require('./antrea/antrea@2026-08') as typeof import('./antrea/antrea@2026-08')).ANTREA_2026_08,
  'apinizer-data-stores@2024-12': () =>
    (require('./apinizer/apinizer-data-stores@2024-12') as typeof import('./apinizer/apinizer-data-stores@2024-12'))
      .APINIZER_DATA_STORES_2024_12,
  'apinizer-data-stores@2026-03': () =>
    (require('./apinizer/apinizer-data-stores@2026-03') as typeof import('./apinizer/apinizer-data-stores@2026-03'))
      .APINIZER_DATA_STORES_2026_03,
  'apinizer-node-ports@2024-12': () =>
    (require('./apinizer/apinizer-node-ports@2024-12') as typeof import('./apinizer/apinizer-node-ports@2024-12'))
      .APINIZER_NODE_PORTS_2024_12,
  'apinizer-node-ports@2026-03': () =>
    (require('./apinizer/apinizer-node-ports@2026-03') as typeof import('./apinizer/apinizer-node-ports@2026-03'))
      .APINIZER_NODE_PORTS_2026_03,
  'argo-cd@2026-08': () =>
    (require('./argo-cd/argo-cd@2026-08') as typeof import('./argo-cd/argo-cd@2026-08')).ARGO_CD_2026_08,
  'calico@2026-06': () =>
    (require('./calico/calico@2026-06') as typeof import('./calico/calico@2026-06')).CALICO_2026_06,
  'canal@2026-08': () => (require('./canal/canal@2026-08') as typeof import('./canal/canal@2026-08')).CANAL_2026_08,
  'canonical-kubernetes@2026-07': () =>
    (
      require('./canonical-kubernetes/canonical-kubernetes@2026-07') as typeof import('./canonical-kubernetes/canonical-kubernetes@2026-07')
    ).CANONICAL_KUBERNETES_2026_07,
  'cassandra@2026-11': () =>
    (require('./cassandra/cassandra@2026-11') as typeof import('./cassandra/cassandra@2026-11')).CASSANDRA_2026_11,
  'cert-manager@2026-08': () =>
    (require('./cert-manager/cert-manager@2026-08') as typeof import('./cert-manager/cert-manager@2026-08'))
      .CERT_MANAGER_2026_08,
  'cilium@2026-11': () =>
    (require('./cilium/cilium@2026-11') as typeof import('./cilium/cilium@2026-11')).CILIUM_2026_11,
  'consul@2.0': () => (require('./consul/consul@2.0') as typeof import('./consul/consul@2.0')).CONSUL_2_0,
  'control-plane-vip@2024-12': () =>
    (require('./kubeadm/control-plane-vip@2024-12') as typeof import('./kubeadm/control-plane-vip@2024-12'))
      .CONTROL_PLANE_VIP_2024_12,
  'control-plane-vip@2026-03': () =>
    (require('./kubeadm/control-plane-vip@2026-03') as typeof import('./kubeadm/control-plane-vip@2026-03'))
      .CONTROL_PLANE_VIP_2026_03,
  'eks@2024-12': () => (require('./eks/eks@2024-12') as typeof import('./eks/eks@2024-12')).EKS_2024_12,
  'eks-hybrid-nodes@2026-11': () =>
    (
      require('./eks-hybrid-nodes/eks-hybrid-nodes@2026-11') as typeof import('./eks-hybrid-nodes/eks-hybrid-nodes@2026-11')
    ).EKS_HYBRID_NODES_2026_11,
  'elasticsearch@2026-11': () =>
    (require('./elasticsearch/elasticsearch@2026-11') as typeof import('./elasticsearch/elasticsearch@2026-11'))
      .ELASTICSEARCH_2026_11,
  'etcd@3.7': () => (require('./etcd/etcd@3.7') as typeof import('./etcd/etcd@3.7')).ETCD_3_7,
  'flannel@2026-07': () =>
    (require('./flannel/flannel@2026-07') as typeof import('./flannel/flannel@2026-07')).FLANNEL_2026_07,
  'galera@2025-01': () =>
    (require('./galera/galera@2025-01') as typeof import('./galera/galera@2025-01')).GALERA_2025_01,
  'gatekeeper@2022-05': () =>
    (require('./gatekeeper/gatekeeper@2022-05') as typeof import('./gatekeeper/gatekeeper@2022-05')).GATEKEEPER_2022_05,
  'gitlab@2026-11': () =>
    (require('./gitlab/gitlab@2026-11') as typeof import('./gitlab/gitlab@2026-11')).GITLAB_2026_11,
  'gke@2026-11': () => (require('./gke/gke@2026-11') as typeof import('./gke/gke@2026-11')).GKE_2026_11,
  'grafana@2026-11': () =>
    (require('./grafana/grafana@2026-11') as typeof import('./grafana/grafana@2026-11')).GRAFANA_2026_11,
  'harbor@2025-04': () =>
    (require('./harbor/harbor@2025-04') as typeof import('./harbor/harbor@2025-04')).HARBOR_2025_04,
  'ingress-nginx@2026-03': () =>
    (require('./ingress-nginx/ingress-nginx@2026-03') as typeof import('./ingress-nginx/ingress-nginx@2026-03'))
      .INGRESS_NGINX_2026_03,
  'istio@2026-11': () => (require('./istio/istio@2026-11') as typeof import('./istio/istio@2026-11')).ISTIO_2026_11,
  'k0s@2025-10': () => (require('./k0s/k0s@2025-10') as typeof import('./k0s/k0s@2025-10')).K0S_2025_10,
  'k3s@2026-11': () => (require('./k3s/k3s@2026-11') as typeof import('./k3s/k3s@2026-11')).K3S_2026_11,
  'kafka@2026-11': () => (require('./kafka/kafka@2026-11') as typeof import('./kafka/kafka@2026-11')).KAFKA_2026_11,
  'keepalived@2026-08': () =>
    (require('./keepalived/keepalived@2026-08') as typeof import('./keepalived/keepalived@2026-08')).KEEPALIVED_2026_08,
  'konnectivity@2026-11': () =>
    (require('./konnectivity/konnectivity@2026-11') as typeof import('./konnectivity/konnectivity@2026-11'))
      .KONNECTIVITY_2026_11,
  'kops-gce@2026-08': () =>
    (require('./kops-gce/kops-gce@2026-08') as typeof import('./kops-gce/kops-gce@2026-08')).KOPS_GCE_2026_08,
  'kube-ovn@2025-12': () =>
    (require('./kube-ovn/kube-ovn@2025-12') as typeof import('./kube-ovn/kube-ovn@2025-12')).KUBE_OVN_2025_12,
  'kube-prometheus@2026-08': () =>
    (require('./kube-prometheus/kube-prometheus@2026-08') as typeof import('./kube-prometheus/kube-prometheus@2026-08'))
      .KUBE_PROMETHEUS_2026_08,
  'kube-router@2026-08': () =>
    (require('./kube-router/kube-router@2026-08') as typeof import('./kube-router/kube-router@2026-08'))
      .KUBE_ROUTER_2026_08,
  'kube-vip@2026-08': () =>
    (require('./kube-vip/kube-vip@2026-08') as typeof import('./kube-vip/kube-vip@2026-08')).KUBE_VIP_2026_08,
  'kubeadm@2026-01': () =>
    (require('./kubeadm/kubeadm@2026-01') as typeof import('./kubeadm/kubeadm@2026-01')).KUBEADM_2026_01,
  'kubeadm-flannel@2024-12': () =>
    (require('./kubeadm/kubeadm-flannel@2024-12') as typeof import('./kubeadm/kubeadm-flannel@2024-12'))
      .KUBEADM_FLANNEL_2024_12,
  'kubeadm-flannel@2026-03': () =>
    (require('./kubeadm/kubeadm-flannel@2026-03') as typeof import('./kubeadm/kubeadm-flannel@2026-03'))
      .KUBEADM_FLANNEL_2026_03,
  'kubernetes@2026-11': () =>
    (require('./kubernetes/kubernetes@2026-11') as typeof import('./kubernetes/kubernetes@2026-11')).KUBERNETES_2026_11,
  'kubesphere@4.1': () =>
    (require('./kubesphere/kubesphere@4.1') as typeof import('./kubesphere/kubesphere@4.1')).KUBESPHERE_4_1,
  'kyverno@2026-07': () =>
    (require('./kyverno/kyverno@2026-07') as typeof import('./kyverno/kyverno@2026-07')).KYVERNO_2026_07,
  'linkerd@2025-11': () =>
    (require('./linkerd/linkerd@2025-11') as typeof import('./linkerd/linkerd@2025-11')).LINKERD_2025_11,
  'loki@2026-08': () => (require('./loki/loki@2026-08') as typeof import('./loki/loki@2026-08')).LOKI_2026_08,
  'longhorn@1.12': () =>
    (require('./longhorn/longhorn@1.12') as typeof import('./longhorn/longhorn@1.12')).LONGHORN_1_12,
  'metallb@2026-03': () =>
    (require('./metallb/metallb@2026-03') as typeof import('./metallb/metallb@2026-03')).METALLB_2026_03,
  'metrics-server@2026-07': () =>
    (require('./metrics-server/metrics-server@2026-07') as typeof import('./metrics-server/metrics-server@2026-07'))
      .METRICS_SERVER_2026_07,
  'microk8s@2026-11': () =>
    (require('./microk8s/microk8s@2026-11') as typeof import('./microk8s/microk8s@2026-11')).MICROK8S_2026_11,
  'minio@2025-07': () => (require('./minio/minio@2025-07') as typeof import('./minio/minio@2025-07')).MINIO_2025_07,
  'mongodb@8.0': () => (require('./mongodb/mongodb@8.0') as typeof import('./mongodb/mongodb@8.0')).MONGODB_8_0,
  'nfs@2026-01': () => (require('./nfs/nfs@2026-01') as typeof import('./nfs/nfs@2026-01')).NFS_2026_01,
  'nomad@2.0': () => (require('./nomad/nomad@2.0') as typeof import('./nomad/nomad@2.0')).NOMAD_2_0,
  'okd@2026-11': () => (require('./okd/okd@2026-11') as typeof import('./okd/okd@2026-11')).OKD_2026_11,
  'openebs@2026-07': () =>
    (require('./openebs/openebs@2026-07') as typeof import('./openebs/openebs@2026-07')).OPENEBS_2026_07,
  'opensearch@2026-07': () =>
    (require('./opensearch/opensearch@2026-07') as typeof import('./opensearch/opensearch@2026-07')).OPENSEARCH_2026_07,
  'openshift@2026-11': () =>
    (require('./openshift/openshift@2026-11') as typeof import('./openshift/openshift@2026-11')).OPENSHIFT_2026_11,
  'opentelemetry-collector@0.170': () =>
    (
      require('./opentelemetry-collector/opentelemetry-collector@0.170') as typeof import('./opentelemetry-collector/opentelemetry-collector@0.170')
    ).OPENTELEMETRY_COLLECTOR_0_170,
  'patroni@2026-06': () =>
    (require('./patroni/patroni@2026-06') as typeof import('./patroni/patroni@2026-06')).PATRONI_2026_06,
  'portainer@2025-05': () =>
    (require('./portainer/portainer@2025-05') as typeof import('./portainer/portainer@2025-05')).PORTAINER_2025_05,
  'prometheus-cost-metrics@2025-03': () =>
    (
      require('./vcluster/prometheus-cost-metrics@2025-03') as typeof import('./vcluster/prometheus-cost-metrics@2025-03')
    ).PROMETHEUS_COST_METRICS_2025_03,
  'prometheus-cost-metrics@2025-04': () =>
    (
      require('./vcluster/prometheus-cost-metrics@2025-04') as typeof import('./vcluster/prometheus-cost-metrics@2025-04')
    ).PROMETHEUS_COST_METRICS_2025_04,
  'prometheus-cost-metrics@2025-10': () =>
    (
      require('./vcluster/prometheus-cost-metrics@2025-10') as typeof import('./vcluster/prometheus-cost-metrics@2025-10')
    ).PROMETHEUS_COST_METRICS_2025_10,
  'rabbitmq@4.3': () => (require('./rabbitmq/rabbitmq@4.3') as typeof import('./rabbitmq/rabbitmq@4.3')).RABBITMQ_4_3,
  'rancher@2025-11': () =>
    (require('./rancher/rancher@2025-11') as typeof import('./rancher/rancher@2025-11')).RANCHER_2025_11,
  'rancher@2026-07': () =>
    (require('./rancher/rancher@2026-07') as typeof import('./rancher/rancher@2026-07')).RANCHER_2026_07,
  'rancher-custom-nodes@2026-07': () =>
    (
      require('./rancher-custom-nodes/rancher-custom-nodes@2026-07') as typeof import('./rancher-custom-nodes/rancher-custom-nodes@2026-07')
    ).RANCHER_CUSTOM_NODES_2026_07,
  'redis@2026-07': () => (require('./redis/redis@2026-07') as typeof import('./redis/redis@2026-07')).REDIS_2026_07,
  'rke2@2026-05': () => (require('./rke2/rke2@2026-05') as typeof import('./rke2/rke2@2026-05')).RKE2_2026_05,
  'rook-ceph@2026-08': () =>
    (require('./rook-ceph/rook-ceph@2026-08') as typeof import('./rook-ceph/rook-ceph@2026-08')).ROOK_CEPH_2026_08,
  'strimzi@2026-08': () =>
    (require('./strimzi/strimzi@2026-08') as typeof import('./strimzi/strimzi@2026-08')).STRIMZI_2026_08,
  'submariner@2023-09': () =>
    (require('./submariner/submariner@2023-09') as typeof import('./submariner/submariner@2023-09')).SUBMARINER_2023_09,
  'talos@1.13': () => (require('./talos/talos@1.13') as typeof import('./talos/talos@1.13')).TALOS_1_13,
  'teleport@2026-11': () =>
    (require('./teleport/teleport@2026-11') as typeof import('./teleport/teleport@2026-11')).TELEPORT_2026_11,
  'traefik@41.3': () => (require('./traefik/traefik@41.3') as typeof import('./traefik/traefik@41.3')).TRAEFIK_41_3,
  'vault@2': () => (require('./vault/vault@2') as typeof import('./vault/vault@2')).VAULT_2,
  'vcluster@2026-08': () =>
    (require('./vcluster/vcluster@2026-08') as typeof import('./vcluster/vcluster@2026-08')).VCLUSTER_2026_08,
  'vcluster-platform@2025-03': () =>
    (require('./vcluster/vcluster-platform@2025-03') as typeof import('./vcluster/vcluster-platform@2025-03'))
      .VCLUSTER_PLATFORM_2025_03,
  'vcluster-platform@2025-04': () =>
    (require('./vcluster/vcluster-platform@2025-04') as typeof import('./vcluster/vcluster-platform@2025-04'))
      .VCLUSTER_PLATFORM_2025_04,
  'vcluster-platform@2025-10': () =>
    (require('./vcluster/vcluster-platform@2025-10') as typeof import('./vcluster/vcluster-platform@2025-10'))
      .VCLUSTER_PLATFORM_2025_10,
  'vcluster-platform@2026-08': () =>
    (require('./vcluster/vcluster-platform@2026-08') as typeof import('./vcluster/vcluster-platform@2026-08'))
      .VCLUSTER_PLATFORM_2026_08,
  'zookeeper@2026-07': () =>
    (require('./zookeeper/zookeeper@2026-07') as typeof import('./zookeeper/zookeeper@2026-07')).ZOOKEEPER_2026_07,
};

/** Returns each hostname table, by its key. */
export const GENERATED_HOSTNAME_TABLES: Readonly<Record<string, () => HostnameTable>> = {
  'apinizer-installation-hosts@2024-12': () =>
    (
      require('./apinizer/apinizer-installation-hosts@2024-12') as typeof import('./apinizer/apinizer-installation-hosts@2024-12')
    ).APINIZER_INSTALLATION_HOSTS_2024_12,
  'apinizer-installation-hosts@2026-03': () =>
    (
      require('./apinizer/apinizer-installation-hosts@2026-03') as typeof import('./apinizer/apinizer-installation-hosts@2026-03')
    ).APINIZER_INSTALLATION_HOSTS_2026_03,
  'eks-hybrid-nodes-hostnames@2026-11': () =>
    (
      require('./eks-hybrid-nodes/eks-hybrid-nodes-hostnames@2026-11') as typeof import('./eks-hybrid-nodes/eks-hybrid-nodes-hostnames@2026-11')
    ).EKS_HYBRID_NODES_HOSTNAMES_2026_11,
  'gitlab-duo-hostnames@2026-11': () =>
    (require('./gitlab/gitlab-duo-hostnames@2026-11') as typeof import('./gitlab/gitlab-duo-hostnames@2026-11'))
      .GITLAB_DUO_HOSTNAMES_2026_11,
  'openshift-hostnames@2026-11': () =>
    (require('./openshift/openshift-hostnames@2026-11') as typeof import('./openshift/openshift-hostnames@2026-11'))
      .OPENSHIFT_HOSTNAMES_2026_11,
  'rancher-hostnames@2026-07': () =>
    (require('./rancher/rancher-hostnames@2026-07') as typeof import('./rancher/rancher-hostnames@2026-07'))
      .RANCHER_HOSTNAMES_2026_07,
  'snap-hostnames@2026-04': () =>
    (require('./snap/snap-hostnames@2026-04') as typeof import('./snap/snap-hostnames@2026-04')).SNAP_HOSTNAMES_2026_04,
  'talos-hostnames@1.13': () =>
    (require('./talos/talos-hostnames@1.13') as typeof import('./talos/talos-hostnames@1.13')).TALOS_HOSTNAMES_1_13,
  'vcluster-platform-hostnames@2026-08': () =>
    (
      require('./vcluster/vcluster-platform-hostnames@2026-08') as typeof import('./vcluster/vcluster-platform-hostnames@2026-08')
    ).VCLUSTER_PLATFORM_HOSTNAMES_2026_08,
};
