export { HOSTNAME_REASONS } from './hostname-reasons';
export { REQUEST_TEMPLATE } from './request-template';
