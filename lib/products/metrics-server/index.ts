export { METRICS_SERVER } from './metrics-server@2026-07';
