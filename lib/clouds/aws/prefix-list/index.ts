export { AwsPrefixList } from './aws-prefix-list';
export { type AwsPrefixListProps } from './aws-prefix-list-props';
export { type ExistingPrefixListOptions, LIST_ID } from './existing-prefix-list';
export { isPrefixList, type PrefixListIdentity } from './prefix-list-identity';
