export { type Claims, checkClaims, excessOf } from './claims';
export { claimInDescription, type DocumentClaim } from './document-claims';
export { proof } from './proof';
