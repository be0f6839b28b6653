export { CONTROL_PLANE_VIP } from './control-plane-vip@2024-12';
export { CONTROL_PLANE_VIP_2026_03 } from './control-plane-vip@2026-03';
export { KUBEADM_FLANNEL } from './kubeadm-flannel@2024-12';
export { KUBEADM_FLANNEL_2026_03 } from './kubeadm-flannel@2026-03';
export { EXTERNAL_CHECKS } from './external-checks';
