export { RANCHER } from './rancher@2025-11';
