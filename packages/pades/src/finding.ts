import { Rejection } from './rejection.ts';

/** Something worth knowing. An ERROR makes the verdict INVALID; a WARNING does not. */
export interface Finding {
  /** Stable; see docs/attacks.md for what leads to which. */
  readonly code: string;
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
}

export const failure = (code: string, message: string): Finding => ({ code, severity: 'ERROR', message });
export const warning = (code: string, message: string): Finding => ({ code, severity: 'WARNING', message });

/** What `check` returns, or undefined and a finding when it rejects; other errors are ours and pass through. */
export function attempt<T>(findings: Finding[], check: () => T, severity: Finding['severity'] = 'ERROR'): T | undefined {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    findings.push({ code: error.code, severity, message: error.message });
    return undefined;
  }
}
