import { once, readInput, type Guest, type InvalidInput, type User } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Context, Tx } from '../context.ts';

/** Leaves a transaction so that nothing of it stays. */
class Refused extends Error {
  readonly refusal: unknown;
  constructor(refusal: unknown) {
    super('refused');
    this.refusal = refusal;
  }
}

interface Refusal {
  readonly __typename: string;
}

/** What this request read before an act is not what is true after it. */
export const forget = (ctx: Context): void => {
  for (const loader of Object.values(ctx.load)) loader.clearAll();
};

const keyModel = z.object({ idempotencyKey: z.string().trim().min(1, 'Give this act a key of your own.').max(100, 'A key has at most 100 characters.') });

/**
 * Does an act with legal effect once, in one transaction. `work` gives the ids of what was done, or a refusal; a refusal
 * undoes everything, the claim on the key included, so that the act can be tried again when its time has come.
 */
export const act = async <Done extends object, Denied extends Refusal>(
  ctx: Context,
  request: { readonly operation: string; readonly actor: User | Guest; readonly input: { readonly idempotencyKey: string } },
  work: (tx: Tx) => Promise<Done | Denied>,
): Promise<{ readonly done: Done } | { readonly refusal: Denied | InvalidInput }> => {
  const { operation, actor, input } = request;
  const key = readInput(keyModel, input);
  if ('refusal' in key) return key;
  try {
    const done = await ctx.transaction((tx) =>
      once(tx, { actorId: actor.id, organizationId: actor.organizationId, operation, key: key.data.idempotencyKey, input }, async () => {
        const outcome = await work(tx);
        if ('__typename' in outcome) throw new Refused(outcome);
        return outcome;
      }),
    );
    forget(ctx);
    return { done };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal as Denied };
    throw error;
  }
};
