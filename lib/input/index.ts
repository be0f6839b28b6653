export { isPython } from './caller-language';
export { addTo, grouped } from './grouped';
export type { ErrorCode } from './error-code';
export { checkDepth, jsonKind, JsonPart } from './json-part';
export { checkMember } from './member';
export { NameIndex } from './name-index';
export { oncePer } from './once-per';
export { type FileContent, isUtf16ReadAsUtf8, readFile, systemReason, withoutMark } from './read-file';
export { parseJson, PLAN_AS_JSON, readJsonFile } from './json';
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
export { checkDescription, checkReason, checkText, isCalendarDate } from './text';
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
export { beginningOf, isVisible, oneLine } from './visible-text';
