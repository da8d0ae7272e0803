import { EmailState } from '../__generated__/prisma/enums.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

interface Count {
  readonly templateName: string | null;
  readonly state: EmailState;
  readonly count: number;
}

const sum = (counts: readonly Count[]): number => counts.reduce((total, { count }) => total + count, 0);
const byState = (counts: readonly Count[]) => Object.values(EmailState).map((state) => ({ state, count: sum(counts.filter((count) => count.state === state)) }));

/** Counts the messages of the actor's organization that were queued in a time. */
export const countEmails = async (ctx: Context, { from, until }: { readonly from?: Date | null | undefined; readonly until?: Date | null | undefined }) => {
  const createdAt = { ...(from && { gte: from }), ...(until && { lt: until }) };
  const groups = await ctx.db.emailMessage.groupBy({ by: ['templateName', 'state'], where: { ...visible(ctx.actor), createdAt }, _count: true });
  const counts = groups.map(({ templateName, state, _count }) => ({ templateName, state, count: _count }));
  const names = [...new Set(counts.map((count) => count.templateName))].sort((a, b) => (a ?? '').localeCompare(b ?? ''));
  return {
    total: sum(counts),
    byState: byState(counts),
    byTemplate: names.map((templateName) => {
      const own = counts.filter((count) => count.templateName === templateName);
      return { templateName, total: sum(own), byState: byState(own) };
    }),
  };
};
