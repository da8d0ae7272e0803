import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from './tracer.ts';

/** What the work at hand is done for. It follows the work through everything that is awaited. */
export interface Scope {
  readonly requestId?: string;
  /** The job that runs. */
  readonly job?: string;
  /** Where the work stands in a trace, where there is one. */
  readonly span?: Span | undefined;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Does a piece of work for something. */
export const within = <Args extends unknown[], Result>(scope: Scope, work: (...args: Args) => Result, ...args: Args): Result => scopes.run(scope, work, ...args);

/** What is being worked for, where it is known. */
export const currentScope = (): Scope => scopes.getStore() ?? {};

/** The same for a line of the log. */
export const scopeForLog = (): Record<string, string> => {
  const { requestId, job, span } = currentScope();
  return { ...(requestId !== undefined && { requestId }), ...(job !== undefined && { job }), ...(span && { traceId: span.traceId }) };
};
