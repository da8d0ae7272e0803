export { createTestTrust } from './authority.ts';
export type { TrustAlgorithm } from './certificates.ts';
export { issueCertificateForKey, issueSignerCertificate, issueSignerForKey } from './signer-certificate.ts';
export type { SignerCertificateOptions } from './signer-certificate.ts';
export { loadOrCreateTestTrust } from './store.ts';
export { TestTrustFailure, fromPem, rootPem, sealSigner, toPem } from './test-trust.ts';
export type { CertifiedKey, TestTrust, TestTrustBase, TestTrustFailureCode, TestTrustServices } from './test-trust.ts';
