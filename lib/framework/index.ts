export { addCheck, checkId, unreachable } from './check-block';
export { coreOf, stackOf, warn, withoutTraces } from './framework';
export { checkImports, type ImportBlock, importHcl, importJson } from './import-blocks';
export { aliased, checkProvider, checkProviderOf } from './provider-instance';
export {
  awsCheckProvider,
  awsHostnameProvider,
  awsPrefixListProvider,
  type AwsProvider,
  awsProvider,
  googleCheckProvider,
  googlePolicyProvider,
  googleProvider,
  type GoogleProvider,
  googleProxyProvider,
  type GoogleProxyProvider,
} from './providers';
export {
  attributeList,
  expressionOf,
  knownExpression,
  ownerOf,
  referenceOf,
  terraformText,
  textOf,
} from './references';
export { rangeCondition, resolvedEnd } from './resolved-end';
