import type { Context } from '../context.ts';
import { entryOf, keys, type Entry } from '../domain/configuration.ts';
import { visible } from '../policies.ts';

/** Every setting of the actor's organization: what it chose, and the defaults of the rest. */
export const readConfiguration = async (ctx: Context): Promise<Entry[]> => {
  const choices = new Map((await ctx.db.configurationChoice.findMany({ where: visible(ctx.actor) })).map((choice) => [choice.key, choice]));
  return keys.map((key) => entryOf(key, choices.get(key)));
};
