export { addCheck, checkId, unreachableMessage } from './check-block';
export { checkTokens } from './created-tokens';
export { coreOf, inform, stackOf, warn, withoutTraces } from './framework';
export { checkedImports, type ImportBlock, importHcl, importJson } from './import-blocks';
export { aliasedProvider, checkProvider, checkProviderStack, providerReference } from './provider-instance';
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
  googleRegionalPolicyProvider,
  kubernetesProvider,
  type KubernetesProvider,
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
export { rangePrecondition, resolvedEnd } from './resolved-end';
export { searchOnce } from './search-once';
export { resolvedValue, asSynthesized, type SynthesizedResource, allAsSynthesized } from './as-synthesized';
export { verbatim } from './verbatim';
