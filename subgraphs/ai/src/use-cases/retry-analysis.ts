import { found } from '@buffrsign/kernel';
import type { Analysis } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { statusesBefore, type Status } from '../domain/analysis.ts';
import { visible } from '../policies.ts';
import { analyzeDocument, ATTEMPTS } from '../tasks/definitions.ts';

export type RetryAnalysisOutcome =
  | { readonly __typename: 'RetryAnalysisSuccess'; readonly analysis: Analysis }
  | { readonly __typename: 'AnalysisStatusError'; readonly message: string; readonly status: Status };

export const retryAnalysis = (ctx: Context, { id }: { readonly id: string }): Promise<RetryAnalysisOutcome> =>
  ctx.transaction(async (tx) => {
    const mine = { id, ...visible(ctx.actor) };
    const [analysis] = await tx.db.analysis.updateManyAndReturn({ where: { ...mine, status: { in: statusesBefore('retry') } }, data: { status: 'PENDING', failure: null, endedAt: null } });
    if (analysis) {
      await tx.enqueue(analyzeDocument, { analysisId: id }, ATTEMPTS);
      return { __typename: 'RetryAnalysisSuccess', analysis };
    }
    const present = found(await tx.db.analysis.findFirst({ where: mine }));
    return { __typename: 'AnalysisStatusError', message: `This analysis is ${present.status}: only a failed one can be tried again.`, status: present.status };
  });
