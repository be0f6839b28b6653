export { EXTERNAL_CHECKS } from './external-checks';
