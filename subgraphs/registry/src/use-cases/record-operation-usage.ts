import { invalidInput, newId, once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { byHour, usageBatchModel } from '../domain/operation-usage.ts';

interface Recorded {
  readonly __typename: 'RecordOperationUsageSuccess';
  readonly rows: number;
}

export type RecordOperationUsageOutcome = Recorded | InvalidInput;

export const recordOperationUsage = async (ctx: Context, input: unknown): Promise<RecordOperationUsageOutcome> => {
  const { id: actorId, organizationId } = requireUser(ctx.actor);
  const read = readInput(usageBatchModel, input);
  if ('refusal' in read) return read.refusal;
  const { idempotencyKey, counts } = read.data;
  const early = counts.findIndex((count) => count.at > ctx.now());
  if (early >= 0) return invalidInput([{ path: `counts.${early}.at`, message: 'What has not been run yet cannot be counted.' }]);

  return ctx.transaction((tx) =>
    once<Recorded>(tx, { actorId, organizationId, operation: 'recordOperationUsage', key: idempotencyKey, input: read.data }, async () => {
      const rows = byHour(counts);
      for (const { sha256, hour, requests, errors } of rows) {
        await tx.db.operationUsage.upsert({
          where: { organizationId_sha256_hour: { organizationId, sha256, hour } },
          create: { id: newId('opu'), organizationId, sha256, hour, requests, errors },
          update: { requests: { increment: requests }, errors: { increment: errors } },
        });
      }
      return { __typename: 'RecordOperationUsageSuccess', rows: rows.length };
    }),
  );
};
