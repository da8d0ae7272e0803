import type { Context } from '../context.ts';
import { inForce, type TemplateView } from '../domain/template-view.ts';
import { visible } from '../policies.ts';

export const listEmailTemplates = async (ctx: Context): Promise<readonly TemplateView[]> => inForce(await ctx.db.emailTemplate.findMany({ where: visible(ctx.actor) }));
