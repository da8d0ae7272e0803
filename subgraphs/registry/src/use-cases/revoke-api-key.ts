import { found, requireUser } from '@buffrsign/kernel';
import type { ApiKey } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { apiKeyRevoked } from '../events.ts';

export interface RevokeApiKeyOutcome {
  readonly __typename: 'RevokeApiKeySuccess';
  readonly apiKey: ApiKey;
}

export const revokeApiKey = async (ctx: Context, input: { readonly id: string }): Promise<RevokeApiKeyOutcome> => {
  const { id: revokedById, organizationId } = requireUser(ctx.actor);

  return ctx.transaction(async (tx) => {
    // Of two who take it back at once, one does; the key keeps the first moment.
    const { count } = await tx.db.apiKey.updateMany({ where: { id: input.id, organizationId, revokedAt: null }, data: { revokedAt: tx.now, revokedById } });
    const apiKey = found(await tx.db.apiKey.findFirst({ where: { id: input.id, organizationId } }));
    if (count === 1) {
      const { id, apiClientId, prefix } = apiKey;
      await tx.publish(apiKeyRevoked, { subject: id, organizationId }, { apiKeyId: id, apiClientId, prefix, revokedBy: revokedById, revokedAt: tx.now.toISOString() });
    }
    return { __typename: 'RevokeApiKeySuccess', apiKey };
  });
};
