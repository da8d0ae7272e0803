import type { Stage } from './stage.ts';

/** One row of the table: what is done, and what the verifier must say. */
export interface Attack {
  readonly name: string;
  readonly how: string;
  readonly verdict: 'INVALID' | 'REFUSED' | 'UNSIGNED' | 'VALID';
  readonly code?: string;
  readonly level?: string | null;
  /** How many different codes may come up. */
  readonly codesMax?: number;
  readonly make: (stage: Stage) => Promise<Attempt> | Attempt;
}

export interface Attempt {
  readonly pdf: Uint8Array;
  readonly now?: Date;
  readonly trust?: readonly Uint8Array[];
}

type Make = (stage: Stage) => Promise<Uint8Array | Attempt> | Uint8Array | Attempt;

function row(verdict: Attack['verdict'], name: string, how: string, code: string | undefined, make: Make): Attack {
  const attempt = async (stage: Stage): Promise<Attempt> => {
    const made = await make(stage);
    return made instanceof Uint8Array ? { pdf: made } : made;
  };
  return { name, how, verdict, ...(code && { code }), make: attempt };
}

export const invalid = (name: string, how: string, code: string, make: Make): Attack => row('INVALID', name, how, code, make);
export const refused = (name: string, how: string, code: string, make: Make): Attack => row('REFUSED', name, how, code, make);
export const unsigned = (name: string, how: string, make: Make): Attack => row('UNSIGNED', name, how, undefined, make);
export const valid = (name: string, how: string, level: string | null, make: Make, code?: string): Attack => ({ ...row('VALID', name, how, code, make), level });
