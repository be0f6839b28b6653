export {
  ApinizerDataStoreRules,
  type ApinizerDataStoreRulesProps,
  type ApinizerGateway,
  ApinizerInstallationHostnames,
  type ApinizerInstallationHostnamesProps,
  ApinizerNodePorts,
  type ApinizerNodePortsProps,
  type ApinizerService,
  LinuxDistribution,
} from './apinizer';
export {
  ControlPlaneVipRules,
  type ControlPlaneVipRulesProps,
  FlannelBackend,
  KubeadmFlannelClusterRules,
  type KubeadmFlannelClusterRulesProps,
} from './kubeadm';
export * from './generated-rules';
export type { DocumentedPort } from './documented-ports';
export { type FindPortProps, PortTables } from './port-tables';
export {
  PrometheusCostMetricsRule,
  type PrometheusCostMetricsRuleProps,
  VClusterPlatformIngressRules,
  type VClusterPlatformIngressRulesProps,
} from './vcluster';
