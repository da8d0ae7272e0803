import { invalidInput, newId, Problem, readInput, requireUser, type InvalidInput, type Transaction } from '@buffrsign/kernel';
import type { ApiKey } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database.ts';
import { MAX_ACTIVE_KEYS, newApiKeyModel, newSecret } from '../domain/api-key.ts';
import { apiKeyCreated } from '../events.ts';

interface ScopeNotHeld {
  readonly __typename: 'ScopeNotHeldError';
  readonly message: string;
  readonly scopes: readonly string[];
}

interface TooManyApiKeys {
  readonly __typename: 'TooManyApiKeysError';
  readonly message: string;
}

export type CreateApiKeyOutcome = { readonly __typename: 'CreateApiKeySuccess'; readonly apiKey: ApiKey; readonly secret: string } | ScopeNotHeld | TooManyApiKeys | InvalidInput;

const scopeNotHeld = (scopes: readonly string[]): ScopeNotHeld => ({
  __typename: 'ScopeNotHeldError',
  message: `You cannot hand on what you do not hold: ${scopes.join(', ')}. Leave these scopes out, or ask somebody who holds them.`,
  scopes,
});

const tooMany: TooManyApiKeys = { __typename: 'TooManyApiKeysError', message: `A program has at most ${MAX_ACTIVE_KEYS} usable keys. Take one back first.` };

/** Holds the program's row, so that keys of one program are made one after another and the count stays true. */
const lockClient = async (tx: Transaction<Database>, id: string, organizationId: string): Promise<void> => {
  const rows = await tx.sql.$queryRaw<unknown[]>`select id from "ApiClient" where id = ${id} and "organizationId" = ${organizationId} for update`;
  if (rows.length === 0) throw new Problem('NOT_FOUND');
};

export const createApiKey = async (ctx: Context, input: { readonly apiClientId: string }): Promise<CreateApiKeyOutcome> => {
  const user = requireUser(ctx.actor);
  const read = readInput(newApiKeyModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, scopes, expiresAt = null } = read.data;
  const missing = scopes.filter((scope) => !user.scopes.includes(scope));
  if (missing.length > 0) return scopeNotHeld(missing);

  return ctx.transaction(async (tx) => {
    if (expiresAt && expiresAt <= tx.now) return invalidInput([{ path: 'expiresAt', message: 'A key must end in the future.' }]);
    const { apiClientId } = input;
    const { organizationId, id: createdById } = user;
    await lockClient(tx, apiClientId, organizationId);
    const usable = await tx.db.apiKey.count({ where: { apiClientId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: tx.now } }] } });
    if (usable >= MAX_ACTIVE_KEYS) return tooMany;
    const { secret, prefix, hash } = newSecret();
    const apiKey = await tx.db.apiKey.create({ data: { id: newId('apk'), organizationId, apiClientId, name, prefix, hash, scopes, createdById, createdAt: tx.now, expiresAt } });
    await tx.publish(apiKeyCreated, { subject: apiKey.id, organizationId }, { apiKeyId: apiKey.id, apiClientId, prefix, scopes, createdBy: createdById, expiresAt: expiresAt?.toISOString() ?? null });
    return { __typename: 'CreateApiKeySuccess', apiKey, secret };
  });
};
