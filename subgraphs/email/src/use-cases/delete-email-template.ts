import { found } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { builtInById, builtInByName, type TemplateView } from '../domain/template-view.ts';
import { visible } from '../policies.ts';

export type DeleteEmailTemplateOutcome =
  | { readonly __typename: 'DeleteEmailTemplateSuccess'; readonly id: string; readonly restored: TemplateView | null }
  | { readonly __typename: 'BuiltInEmailTemplateError'; readonly message: string };

export const deleteEmailTemplate = async (ctx: Context, id: string): Promise<DeleteEmailTemplateOutcome> => {
  const mine = visible(ctx.actor);
  if (builtInById(id)) return { __typename: 'BuiltInEmailTemplateError', message: 'A built-in template cannot be deleted. Add one of the same name to take its place.' };
  return ctx.transaction(async (tx) => {
    const present = found(await tx.db.emailTemplate.findFirst({ where: { id, ...mine } }));
    await tx.db.emailTemplate.deleteMany({ where: { id } });
    return { __typename: 'DeleteEmailTemplateSuccess', id, restored: builtInByName(present.name) ?? null };
  });
};
