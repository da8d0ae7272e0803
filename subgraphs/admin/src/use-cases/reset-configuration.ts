import { requireUser } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { entryOf, type Entry, type Key } from '../domain/configuration.ts';
import { configurationChanged } from '../events.ts';

export const resetConfiguration = (ctx: Context, { key }: { readonly key: Key }): Promise<{ readonly __typename: 'ResetConfigurationSuccess'; readonly entry: Entry }> =>
  ctx.transaction(async (tx) => {
    const { id: changedBy, organizationId } = requireUser(ctx.actor);
    const entry = entryOf(key, null);
    const { count } = await tx.db.configurationChoice.deleteMany({ where: { organizationId, key } });
    if (count === 1) await tx.publish(configurationChanged, { subject: organizationId, organizationId }, { key, value: entry.value, changedBy });
    return { __typename: 'ResetConfigurationSuccess', entry };
  });
