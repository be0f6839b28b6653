export { PROMETHEUS_COST_METRICS } from './prometheus-cost-metrics@2025-03';
export { PROMETHEUS_COST_METRICS_2025_04 } from './prometheus-cost-metrics@2025-04';
export { PROMETHEUS_COST_METRICS_2025_10 } from './prometheus-cost-metrics@2025-10';
export { VCLUSTER_PLATFORM } from './vcluster-platform@2025-03';
export { VCLUSTER_PLATFORM_2025_04 } from './vcluster-platform@2025-04';
export { VCLUSTER_PLATFORM_2025_10 } from './vcluster-platform@2025-10';
