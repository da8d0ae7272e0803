import { invalidInput, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { entryOf, settings, type Entry, type Key } from '../domain/configuration.ts';
import { configurationChanged } from '../events.ts';

export type SetConfigurationOutcome = { readonly __typename: 'SetConfigurationSuccess'; readonly entry: Entry } | InvalidInput;

export const setConfiguration = async (ctx: Context, input: { readonly key: Key; readonly value: string }): Promise<SetConfigurationOutcome> => {
  const { id: updatedById, organizationId } = requireUser(ctx.actor);
  const { key } = input;
  const read = readInput(settings[key].model, input.value);
  if ('refusal' in read) return invalidInput([{ path: 'value', message: read.refusal.issues[0]!.message }]);
  const value = read.data;

  return ctx.transaction(async (tx) => {
    const choice = { value, updatedById, updatedAt: tx.now };
    await tx.db.configurationChoice.upsert({ where: { organizationId_key: { organizationId, key } }, create: { organizationId, key, ...choice }, update: choice });
    await tx.publish(configurationChanged, { subject: organizationId, organizationId }, { key, value, changedBy: updatedById });
    return { __typename: 'SetConfigurationSuccess', entry: entryOf(key, choice) };
  });
};
