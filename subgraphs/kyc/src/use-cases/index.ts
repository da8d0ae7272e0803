/** What this subgraph can do. */
export { addVerificationDocument } from './add-verification-document.ts';
export { decideVerification } from './decide-verification.ts';
export { expireVerification } from './expire-verification.ts';
export { listVerifications } from './list-verifications.ts';
export { startVerification } from './start-verification.ts';
export { takeVerification } from './take-verification.ts';
