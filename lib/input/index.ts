export { addTo, grouped } from './grouped';
export type { ErrorCode } from './error-code';
export { JsonPart } from './json-part';
export { checkMember } from './member';
export { NameIndex } from './name-index';
export { readJsonFile, systemReason } from './read-json-file';
export { readOnly, readOnlyCopy, readOnlyDeep } from './read-only';
export {
  checkNoScope,
  checkObject,
  checkOnlyProps,
  checkPropNames,
  checkProps,
  checkScope,
  ClusterPortsError,
  nearestName,
  type PropNames,
  type PropsForm,
  refusal,
  shown,
} from './refusal';
export { checkDescription, checkReason, checkText } from './text';
export { withRepeatedKeys } from './repeated-keys';
export {
  hasForm,
  holdsToken,
  isListToken,
  isNumberToken,
  literal,
  looksLikeToken,
  splitAtTokens,
  withoutTokens,
} from './token-text';
