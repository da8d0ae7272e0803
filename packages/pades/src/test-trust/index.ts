export { createTestTrust } from './authority.ts';
export { loadOrCreateTestTrust } from './store.ts';
export { TestTrustFailure, fromPem, rootPem, sealSigner, toPem } from './test-trust.ts';
export type { TestTrust, TestTrustFailureCode } from './test-trust.ts';
