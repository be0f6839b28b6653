export { KubernetesDns } from './kubernetes-dns';
export { KubernetesPods } from './kubernetes-pods';
export { type ContainerPort, type KubernetesPodsProps } from './kubernetes-pods-props';
