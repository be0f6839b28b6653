export { type Claims, checkClaims, excessOf } from './claims';
export { claimInDescription, type DocumentClaim, documentDoubt, editionNote } from './document-claims';
export { proof } from './proof';
