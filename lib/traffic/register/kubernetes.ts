import { ALLOWS, EVALUATED, notEvaluated, used, all, TEMPLATE, PUBLISHED, type Influence } from './influence';

const SERVICE: Influence = { ...used('publishes ports of pods', 'spec', 'metadata'), stops: ALLOWS };
/** Pods: the labels by which services and network policies select them, and the ports that they open on their machine. */
const PODS: Influence = {
  ...used('decides which network policies apply to pods, and which ports of machines they use', 'spec', 'metadata'),
  members: ['labels', 'namespace', 'host_network', 'host_port'],
  stops: { changed: 'opened', removed: 'any' },
};
const LABELS = used('has labels by which network policies select pods');
const APPLICATION = notEvaluated('the resources that it installs are not evaluated');

/** Types of resources of Kubernetes, and of tools that install applications in it. */
export const KUBERNETES: Readonly<Record<string, Influence>> = {
  kubernetes_network_policy: EVALUATED,
  kubernetes_network_policy_v1: EVALUATED,
  kubernetes_manifest: TEMPLATE,
  kubectl_manifest: TEMPLATE,
  helm_release: TEMPLATE,
  kubernetes_ingress_v1: PUBLISHED,
  kubernetes_ingress: PUBLISHED,
  ...all(SERVICE, 'kubernetes_service', 'kubernetes_service_v1'),
  ...all(
    PODS,
    ...['deployment', 'daemonset', 'daemon_set_v1', 'deployment_v1', 'stateful_set', 'stateful_set_v1', 'pod', 'pod_v1']
      .concat('job', 'job_v1', 'cron_job', 'cron_job_v1', 'replication_controller', 'replication_controller_v1')
      .map((kind) => `kubernetes_${kind}`),
  ),
  ...all(
    { ...LABELS, attributes: ['metadata'], members: ['labels', 'name'] },
    'kubernetes_namespace',
    'kubernetes_namespace_v1',
  ),
  ...all({ ...LABELS, stops: ALLOWS }, 'kubernetes_annotations', 'kubernetes_labels', 'kubernetes_node_taint'),
  ...all(
    {
      ...used('may publish ports of pods through an ingress controller', 'data', 'metadata'),
      names: /^(?:tcp|udp)-services$|-(?:tcp|udp)$/,
      stops: ALLOWS,
    },
    'kubernetes_config_map',
    'kubernetes_config_map_v1',
    'kubernetes_config_map_v1_data',
  ),
  ...all(PUBLISHED, 'kubernetes_endpoints', 'kubernetes_endpoints_v1', 'kubernetes_endpoint_slice_v1'),
  ...all(
    APPLICATION,
    'argocd_application',
    'argocd_application_set',
    'flux_bootstrap_git',
    'rancher2_app_v2',
    'kustomization_resource',
    'k8s_manifest',
  ),
};
