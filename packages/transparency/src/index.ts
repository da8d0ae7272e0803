/** Tamper-evident logs: canonical JSON, commitments, Merkle trees, checkpoints, and evidence that is checked offline. */
export { canonicalBytes, canonicalJson, MAX_DEPTH, type Json } from './canonical.ts';
export { parseStrictJson } from './strict-json.ts';
export { commit, newSalt, opens, SALT_BYTES } from './commitment.ts';
export { EMPTY_ROOT, hashLeaf, hashNode } from './merkle/hash.ts';
export { appendedNodes, planAppend, planConsistency, planInclusion, planRoot, resolvePlan, type NodePlace, type PlacedNode, type ProofPlan, type ReadNode } from './merkle/plan.ts';
export { createMerkleTree, type MerkleTree } from './merkle/tree.ts';
export { verifyConsistency, verifyInclusion, type ConsistencyClaim, type InclusionClaim } from './merkle/verify.ts';
export { formatVerifierKey, isKeyName, noteKey, parseVerifierKey, rawPublicKey, type NoteKey } from './note/key.ts';
export { parseNote, signNote, verifyNote, type NoteSignature, type NoteVerdict, type SignedNote } from './note/signed-note.ts';
export { formatCheckpoint, parseCheckpoint, signCheckpoint, type Checkpoint } from './note/checkpoint.ts';
export { formatTlogProof, parseTlogProof, type TlogProof } from './note/tlog-proof.ts';
export { EVENT_FORMAT, eventModel, hashEvent, type AuditEvent, type EventHashes } from './evidence/event.ts';
export { BUNDLE_FORMAT, BUNDLE_VERSION, formatBundle, MAX_BUNDLE, parseBundle, type BundledEvent, type BundledPersonal, type EvidenceBundle } from './evidence/bundle.ts';
export { anchorDigest, verifierKeyFor, type TimestampAnswer } from './evidence/check-checkpoint.ts';
export { verifyEvidence, type VerifyOptions } from './evidence/verify-evidence.ts';
export type { EventReport, EvidenceReport, Finding, FindingCode } from './evidence/report.ts';
export { TransparencyRefusal, type TransparencyRefusalCode } from './refusal.ts';
