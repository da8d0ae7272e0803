import { createHash } from 'node:crypto';
import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Prisma, SchemaVersion } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { differencesBetween, MAX_CHANGES, schemaVersionModel } from '../domain/schema-diff.ts';
import { schemaVersionPublished } from '../events.ts';

interface SchemaUnchanged {
  readonly __typename: 'SchemaUnchangedError';
  readonly message: string;
  readonly schemaVersion: SchemaVersion;
}

export type PublishSchemaVersionOutcome = { readonly __typename: 'PublishSchemaVersionSuccess'; readonly schemaVersion: SchemaVersion } | SchemaUnchanged | InvalidInput;

const unchanged = (schemaVersion: SchemaVersion): SchemaUnchanged => ({
  __typename: 'SchemaUnchangedError',
  message: `Version ${schemaVersion.number} already is this schema. There is nothing to publish.`,
  schemaVersion,
});

export const publishSchemaVersion = async (ctx: Context, input: unknown): Promise<PublishSchemaVersionOutcome> => {
  const { id: publishedById, organizationId } = requireUser(ctx.actor);
  const read = readInput(schemaVersionModel, input);
  if ('refusal' in read) return read.refusal;
  const { changelog, sdl: { text, schema } } = read.data;
  const sha256 = createHash('sha256').update(text).digest('hex');

  return ctx.transaction(async (tx) => {
    // Versions of one organization are published one after another: each is compared with the one before it.
    await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtext('schema version'), hashtext(${organizationId}))`;
    const latest = await tx.db.schemaVersion.findFirst({ where: { organizationId }, orderBy: { number: 'desc' } });
    if (latest?.sha256 === sha256) return unchanged(latest);
    const differences = latest ? await differencesBetween(latest.sdl, schema) : [];
    const breakingChanges = differences.filter((change) => change.criticality === 'BREAKING').length;
    const changes = differences.slice(0, MAX_CHANGES) as unknown as Prisma.InputJsonValue;
    const number = (latest?.number ?? 0) + 1;
    const schemaVersion = await tx.db.schemaVersion.create({ data: { id: newId('scv'), organizationId, number, sdl: text, sha256, changelog, changes, breakingChanges, publishedById, publishedAt: tx.now } });
    await tx.publish(schemaVersionPublished, { subject: schemaVersion.id, organizationId }, { schemaVersionId: schemaVersion.id, number, sha256, breakingChanges, publishedBy: publishedById });
    return { __typename: 'PublishSchemaVersionSuccess', schemaVersion };
  });
};
