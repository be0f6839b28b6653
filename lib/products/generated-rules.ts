// Generated from the tables of products by `npm run products`.
export { AntreaTunnel, AntreaEncryption, AntreaRules, type AntreaRulesProps } from './antrea/antrea-rules';
export { ArgoCdRules, type ArgoCdRulesProps } from './argo-cd/argo-cd-rules';
export { CalicoEncapsulation, CalicoDatastore, CalicoRules, type CalicoRulesProps } from './calico/calico-rules';
export { CanalRules, type CanalRulesProps } from './canal/canal-rules';
export {
  CanonicalKubernetesRules,
  type CanonicalKubernetesRulesProps,
} from './canonical-kubernetes/canonical-kubernetes-rules';
export { CassandraRules, type CassandraRulesProps } from './cassandra/cassandra-rules';
export {
  CertManagerWebhookNetwork,
  CertManagerRules,
  type CertManagerRulesProps,
} from './cert-manager/cert-manager-rules';
export {
  CiliumTunnel,
  CiliumEncryption,
  CiliumHealth,
  CiliumRules,
  type CiliumRulesProps,
} from './cilium/cilium-rules';
export { ConsulFederation, ConsulPeering, ConsulRules, type ConsulRulesProps } from './consul/consul-rules';
export { EksRules, type EksRulesProps } from './eks/eks-rules';
export { EksHybridNodesRules, type EksHybridNodesRulesProps } from './eks-hybrid-nodes/eks-hybrid-nodes-rules';
export {
  ElasticsearchRemoteClusters,
  ElasticsearchRules,
  type ElasticsearchRulesProps,
} from './elasticsearch/elasticsearch-rules';
export { EtcdRules, type EtcdRulesProps } from './etcd/etcd-rules';
export { FlannelBackendType, FlannelRules, type FlannelRulesProps } from './flannel/flannel-rules';
export { GaleraRules, type GaleraRulesProps } from './galera/galera-rules';
export { GatekeeperRules, type GatekeeperRulesProps } from './gatekeeper/gatekeeper-rules';
export { GitLabPraefect, GitLabKerberos, GitLabRules, type GitLabRulesProps } from './gitlab/gitlab-rules';
export { GkeRules, type GkeRulesProps } from './gke/gke-rules';
export { GrafanaRules, type GrafanaRulesProps } from './grafana/grafana-rules';
export { HarborRules, type HarborRulesProps } from './harbor/harbor-rules';
export { IngressNginxRules, type IngressNginxRulesProps } from './ingress-nginx/ingress-nginx-rules';
export { IstioRules, type IstioRulesProps } from './istio/istio-rules';
export { K0sCni, K0sRules, type K0sRulesProps } from './k0s/k0s-rules';
export { K3sFlannelBackend, K3sRules, type K3sRulesProps } from './k3s/k3s-rules';
export { KafkaRules, type KafkaRulesProps } from './kafka/kafka-rules';
export { KeepalivedRules, type KeepalivedRulesProps } from './keepalived/keepalived-rules';
export { KonnectivityRules, type KonnectivityRulesProps } from './konnectivity/konnectivity-rules';
export { KOpsGceCni, KOpsGceRules, type KOpsGceRulesProps } from './kops-gce/kops-gce-rules';
export { KubeOvnTunnel, KubeOvnRules, type KubeOvnRulesProps } from './kube-ovn/kube-ovn-rules';
export { KubePrometheusRules, type KubePrometheusRulesProps } from './kube-prometheus/kube-prometheus-rules';
export { KubeRouterOverlay, KubeRouterRules, type KubeRouterRulesProps } from './kube-router/kube-router-rules';
export { KubeVipRules, type KubeVipRulesProps } from './kube-vip/kube-vip-rules';
export { KubeadmEtcdTopology, KubeadmRules, type KubeadmRulesProps } from './kubeadm/kubeadm-rules';
export { KubernetesRules, type KubernetesRulesProps } from './kubernetes/kubernetes-rules';
export { KubeSphereRules, type KubeSphereRulesProps } from './kubesphere/kubesphere-rules';
export { KyvernoRules, type KyvernoRulesProps } from './kyverno/kyverno-rules';
export { LinkerdRules, type LinkerdRulesProps } from './linkerd/linkerd-rules';
export { LokiRules, type LokiRulesProps } from './loki/loki-rules';
export { LonghornRules, type LonghornRulesProps } from './longhorn/longhorn-rules';
export { MetalLBMode, MetalLBBgpBackend, MetalLBRules, type MetalLBRulesProps } from './metallb/metallb-rules';
export { MetricsServerRules, type MetricsServerRulesProps } from './metrics-server/metrics-server-rules';
export { MicroK8sDatastore, MicroK8sRules, type MicroK8sRulesProps } from './microk8s/microk8s-rules';
export { MinIORules, type MinIORulesProps } from './minio/minio-rules';
export { MongoDBTopology, MongoDBRules, type MongoDBRulesProps } from './mongodb/mongodb-rules';
export { NfsRules, type NfsRulesProps } from './nfs/nfs-rules';
export { NomadRules, type NomadRulesProps } from './nomad/nomad-rules';
export { OkdRules, type OkdRulesProps } from './okd/okd-rules';
export { OpenEBSRules, type OpenEBSRulesProps } from './openebs/openebs-rules';
export { OpenSearchRules, type OpenSearchRulesProps } from './opensearch/opensearch-rules';
export { OpenShiftRules, type OpenShiftRulesProps } from './openshift/openshift-rules';
export {
  OpenTelemetryCollectorRules,
  type OpenTelemetryCollectorRulesProps,
} from './opentelemetry-collector/opentelemetry-collector-rules';
export { PatroniRules, type PatroniRulesProps } from './patroni/patroni-rules';
export {
  PortainerServerPorts,
  PortainerEdgeAgents,
  PortainerAgents,
  PortainerRules,
  type PortainerRulesProps,
} from './portainer/portainer-rules';
export { RabbitMQTls, RabbitMQRules, type RabbitMQRulesProps } from './rabbitmq/rabbitmq-rules';
export { RancherRules, type RancherRulesProps } from './rancher/rancher-rules';
export {
  RancherCustomNodesRules,
  type RancherCustomNodesRulesProps,
} from './rancher-custom-nodes/rancher-custom-nodes-rules';
export { RedisMode, RedisRules, type RedisRulesProps } from './redis/redis-rules';
export { Rke2Cni, Rke2Encapsulation, Rke2Rules, type Rke2RulesProps } from './rke2/rke2-rules';
export { RookCephDashboard, RookCephRules, type RookCephRulesProps } from './rook-ceph/rook-ceph-rules';
export { StrimziRules, type StrimziRulesProps } from './strimzi/strimzi-rules';
export { SubmarinerRules, type SubmarinerRulesProps } from './submariner/submariner-rules';
export { TalosCni, TalosRules, type TalosRulesProps } from './talos/talos-rules';
export { TeleportRules, type TeleportRulesProps } from './teleport/teleport-rules';
export { TraefikRules, type TraefikRulesProps } from './traefik/traefik-rules';
export { VaultStorage, VaultRules, type VaultRulesProps } from './vault/vault-rules';
export { VClusterBackingStore, VClusterRules, type VClusterRulesProps } from './vcluster/vcluster-rules';
export { ZooKeeperRules, type ZooKeeperRulesProps } from './zookeeper/zookeeper-rules';
export {
  EksHybridNodesHostnames,
  type EksHybridNodesHostnamesProps,
} from './eks-hybrid-nodes/eks-hybrid-nodes-hostnames';
export {
  GitLabDuoHostnamesMachines,
  GitLabDuoHostnames,
  type GitLabDuoHostnamesProps,
} from './gitlab/gitlab-duo-hostnames';
export {
  OpenShiftHostnamesCloud,
  OpenShiftHostnamesAwsEndpoints,
  OpenShiftHostnamesClusterRoutes,
  OpenShiftHostnames,
  type OpenShiftHostnamesProps,
} from './openshift/openshift-hostnames';
export { RancherHostnames, type RancherHostnamesProps } from './rancher/rancher-hostnames';
export { SnapHostnamesCdnHostnames, SnapHostnames, type SnapHostnamesProps } from './snap/snap-hostnames';
export { TalosHostnames, type TalosHostnamesProps } from './talos/talos-hostnames';
export { VClusterPlatformHostnames, type VClusterPlatformHostnamesProps } from './vcluster/vcluster-platform-hostnames';
