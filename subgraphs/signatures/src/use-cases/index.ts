/** What this subgraph can do. */
export { createEnvelope } from './create-envelope.ts';
export { declineEnvelope } from './decline-envelope.ts';
export { deleteDraft } from './delete-draft.ts';
export { keepDocument } from './document-copy.ts';
export { expireEnvelopes } from './expire-envelopes.ts';
export { keepMember, retireMember } from './keep-member.ts';
export { listEnvelopes, listEnvelopesAwaitingMe, listEnvelopesOfDocument } from './list-envelopes.ts';
export { loseDocument } from './lose-document.ts';
export { openSigningLink } from './open-signing-link.ts';
export { resendSigningLink } from './resend-signing-link.ts';
export { sealEnvelope } from './sealing/seal-envelope.ts';
export { sweepSealings } from './sealing/sweep-sealings.ts';
export { sendEnvelope } from './send-envelope.ts';
export { signEnvelope } from './sign-envelope.ts';
export { updateEnvelope } from './update-envelope.ts';
export { verifyDocument } from './verify-document.ts';
export { voidEnvelope } from './void-envelope.ts';
export { watchEnvelope } from './watch-envelope.ts';
