export { PrometheusCostMetricsRule, type PrometheusCostMetricsRuleProps } from './prometheus-cost-metrics-rule';
export {
  VClusterPlatformIngressRules,
  type VClusterPlatformIngressRulesProps,
} from './vcluster-platform-ingress-rules';
