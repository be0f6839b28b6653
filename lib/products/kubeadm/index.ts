export { ControlPlaneVipRules, type ControlPlaneVipRulesProps } from './control-plane-vip-rules';
export {
  FlannelBackend,
  KubeadmFlannelClusterRules,
  type KubeadmFlannelClusterRulesProps,
} from './kubeadm-flannel-cluster-rules';
