export { type Claims, checkClaims, excessOf } from './claims';
export { claimInDescription, type DocumentClaim, editionNote } from './document-claims';
export { proof } from './proof';
