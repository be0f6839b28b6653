export { combinedSubnets } from './combined-subnets';
export { subnetsIn } from './subnets';
