/** What this subgraph can do. */
export { createDocument } from './create-document.ts';
export { deleteDocument } from './delete-document.ts';
export { envelopeHasFailed, envelopeWasCompleted, envelopeWasSent } from './follow-envelope.ts';
export { followDocument } from './follow-document.ts';
export { grantDocumentAccess } from './grant-document-access.ts';
export { inspectDocument } from './inspect-document.ts';
export { inspectVersion } from './inspect-version.ts';
export { listAccesses } from './list-accesses.ts';
export { listDocuments } from './list-documents.ts';
export { listVersions } from './list-versions.ts';
export { pageText } from './page-text.ts';
export { receiveFile } from './receive-file.ts';
export { renameDocument } from './rename-document.ts';
export { revokeDocumentAccess } from './revoke-document-access.ts';
export { unlockDocument } from './unlock-document.ts';
