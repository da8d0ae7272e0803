import type { DeclaredDocumentType } from './evidence.ts';

export type Framework = 'NAMIBIA_ETA_2019' | 'UNCITRAL_MLES_2001';
export type Level = 'NA_EXCLUDED' | 'NA_INSUFFICIENT' | 'NA_DATA_MESSAGE' | 'NA_AGREED' | 'NA_ADVANCED' | 'NA_RECOGNISED' | 'MLES_UNPROVEN' | 'MLES_ARGUABLE' | 'MLES_RELIABLE';

/** How a rule is held against evidence. Data, so that a pack says by itself what it does. */
export type Check =
  | { readonly kind: 'document-is-not'; readonly type: DeclaredDocumentType; readonly onlyWhenFormIsRequired?: true }
  | { readonly kind: 'all-of'; readonly rules: readonly string[] }
  | { readonly kind: 'parties-agreed' }
  | { readonly kind: 'each-opened-their-link' }
  | { readonly kind: 'how-identified' }
  | { readonly kind: 'each-signed' }
  | { readonly kind: 'sealed' }
  | { readonly kind: 'moments-known' }
  /** Nothing that is heard today tells. `what` completes "The evidence does not tell …". */
  | { readonly kind: 'not-told'; readonly what: string };

/** A rule as data: our reading of its source. */
export interface Rule {
  readonly id: string;
  readonly source: { readonly instrument: string; readonly reference: string; readonly confidence: 'TEXT_READ' | 'SECONDARY' | 'UNCONFIRMED'; readonly note: string | null };
  readonly statement: string;
  readonly status: 'IN_FORCE' | 'SOFT_LAW';
  readonly severity: 'BLOCKING' | 'MAJOR' | 'MINOR';
  /** First day of application, `YYYY-MM-DD`. */
  readonly effectiveFrom: string;
  /** Last day of application, `YYYY-MM-DD`; null: it still applies. */
  readonly effectiveTo: string | null;
  readonly check: Check;
}

/** A version of a body of rules. Once envelopes were held against it, it is never changed: the next version is a new file. */
export interface Pack {
  readonly id: string;
  readonly version: number;
  readonly framework: Framework;
  readonly rules: readonly Rule[];
  readonly levels: {
    /** Reached by anything. */
    readonly floor: Level;
    /** Given when one of these rules fails, whatever else is met. */
    readonly excluded?: { readonly level: Level; readonly byFailing: readonly string[] };
    /** From low to high; each needs its own rules and those of the steps before it. */
    readonly steps: readonly { readonly level: Level; readonly needs: readonly string[] }[];
  };
}

/** A rule together with the pack that it stands in. */
export interface PackedRule extends Rule {
  readonly packId: string;
  readonly packVersion: number;
  readonly framework: Framework;
}

export const nameOf = (pack: Pick<Pack, 'id' | 'version'>): string => `${pack.id}@${pack.version}`;

export const packedRules = (pack: Pack): readonly PackedRule[] => pack.rules.map((rule) => ({ ...rule, packId: pack.id, packVersion: pack.version, framework: pack.framework }));
