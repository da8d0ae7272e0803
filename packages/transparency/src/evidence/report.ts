/** What is wrong with evidence, or what it does not show. */
export type FindingCode =
  /** There is no event of the envelope. */
  | 'NO_EVENTS'
  /** Events do not stand in the order of the trail, or one stands twice. */
  | 'EVENT_OUT_OF_ORDER'
  /** An event is not in the tree of the checkpoint: it was changed, or added afterwards. */
  | 'EVENT_NOT_INCLUDED'
  /** Between two events of the envelope one is missing, or its beginning is. */
  | 'EVENT_MISSING'
  /** An event does not name the one before it: one of the two was changed. */
  | 'CHAIN_BROKEN'
  | 'EVENT_OF_ANOTHER_ENVELOPE'
  | 'EVENT_OF_ANOTHER_ORGANIZATION'
  /** Personal data are not those that the event commits to. */
  | 'PERSONAL_DATA_ALTERED'
  /** Personal data were erased or are not shown. The event proves as well as before. */
  | 'PERSONAL_DATA_ERASED'
  | 'CHECKPOINT_UNREADABLE'
  /** The signature of the checkpoint is not that of its key. */
  | 'CHECKPOINT_FORGED'
  /** The checkpoint is not one of this organization's trail. */
  | 'CHECKPOINT_OF_ANOTHER_LOG'
  /** No key that you trust signed the checkpoint. */
  | 'LOG_KEY_UNKNOWN'
  /** The checkpoint was checked with the key that came with it: that it is the log's is not shown. */
  | 'LOG_KEY_NOT_GIVEN'
  /** There is no timestamp yet: nobody but the log says when the checkpoint was there. */
  | 'NOT_ANCHORED'
  | 'TIMESTAMP_INVALID'
  | 'TIMESTAMP_NOT_CHECKED'
  /** Something is said to have been recorded after the moment that the timestamp proves. */
  | 'RECORDED_AFTER_TIMESTAMP'
  /** The events name other sealed files than the one given. */
  | 'SEALED_FILE_DIFFERS'
  /** No event names a sealed file. */
  | 'SEALED_FILE_UNKNOWN'
  /** The list of files in the bundle is not what the events say. */
  | 'FILES_DIFFER'
  /** No event says that the envelope came to an end: there may be later ones. */
  | 'ENVELOPE_NOT_ENDED';

/** One thing to know about the evidence. Errors make it invalid. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
}

/** What was checked of one event. */
export interface EventReport {
  readonly sequence: number;
  readonly kind: string;
  readonly occurredAt: string;
  readonly hash: string;
  /** Whether it is in the tree of the checkpoint. */
  readonly included: boolean;
  readonly personal: readonly { readonly subject: string; readonly state: 'PROVEN' | 'ERASED' | 'ALTERED' }[];
}

/** What evidence shows. */
export interface EvidenceReport {
  /** VALID when no finding is an error. */
  readonly verdict: 'VALID' | 'INVALID';
  readonly organization: string;
  readonly envelope: string;
  readonly events: readonly EventReport[];
  /** Null when it cannot be read. `signedBy` is the key, `name+id+key`; null when no usable key signed. */
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string; readonly signedBy: string | null } | null;
  /** When the checkpoint is proven to have been there, by whom; null when no timestamp was checked and found good. */
  readonly anchoredAt: Date | null;
  readonly authority: string | null;
  /** The files that events name which are in the tree. */
  readonly files: readonly { readonly role: string; readonly sha256: string }[];
  readonly findings: readonly Finding[];
}

export const error = (code: FindingCode, message: string): Finding => ({ code, severity: 'ERROR', message });
export const warning = (code: FindingCode, message: string): Finding => ({ code, severity: 'WARNING', message });
