export { type Claims, checkClaims, excessOf } from './claims';
export {
  claimInDescription,
  comparedOnOf,
  type DocumentClaim,
  documentDoubt,
  documentedPortsOf,
  editionNote,
  isInternal,
  levelOf,
} from './document-claims';
export { proof } from './proof';
export { type UndocumentedTraffic } from './undocumented';
export { FlowJudge, type GivenRangesOfEnd } from './flow-judge';
