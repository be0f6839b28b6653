export { PermittedTraffic } from './permitted-traffic';
export {
  type DocumentsOptions,
  type ExpectedRow,
  type ExpectedTraffic,
  type PermittedRow,
  type TrafficDifferences,
  TrafficDirection,
} from './rows';
