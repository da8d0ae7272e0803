import { Problem, type Actor } from '@buffrsign/kernel/gateway';
import { abandoned } from '../transport/unavailable.ts';
import type { RequestContext } from '../context.ts';

/** What policies may be decided by, beside who acts. */
export interface PolicyContext extends Pick<RequestContext, 'client' | 'requestId' | 'signal'> {
  readonly operationName: string | undefined;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Decides the policies that an operation names by `@policy`: gives those that hold, as a set, or as a map with `true`.
 * What it leaves out does not hold. Called once a request with all names, and again for each event of a subscription.
 */
export type EvaluatePolicies = (names: readonly string[], actor: Actor, context: PolicyContext) => Promise<ReadonlySet<string> | ReadonlyMap<string, boolean>>;

/** The names among those asked for that hold. @throws Problem UNAVAILABLE when that cannot be told. */
export type Holding = (names: readonly string[], actor: Actor, context: PolicyContext) => Promise<readonly string[]>;

const EVALUATION_MS = 5_000;

const untilAborted = (signal: AbortSignal): Promise<never> => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(abandoned(signal)), { once: true }));

const cannotTell = (names: readonly string[], error: unknown): Problem =>
  new Problem('UNAVAILABLE', { message: 'It cannot be decided right now what you may see of this. Try again shortly.', pvt: { policies: names, reason: String(error) }, cause: error });

/** Asks the hook, for no longer than five seconds. Without a hook no policy holds. */
export const createHolding =
  (evaluate: EvaluatePolicies | undefined): Holding =>
  async (names, actor, context) => {
    if (names.length === 0 || !evaluate) return [];
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(EVALUATION_MS)]);
    try {
      signal.throwIfAborted();
      const holding = await Promise.race([evaluate(names, actor, { ...context, signal }), untilAborted(signal)]);
      return names.filter((name) => (holding instanceof Map ? holding.get(name) === true : holding.has(name)));
    } catch (error) {
      throw cannotTell(names, error);
    }
  };
