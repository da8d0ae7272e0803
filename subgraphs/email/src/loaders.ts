import { byForeignKey, byId, byKey, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { builtInById, viewOfRow } from './domain/template-view.ts';
import { visible } from './policies.ts';

type Source = LoaderSource<Database>;

export const emailMessage = ({ db, actor }: Source) => byId((ids) => db.emailMessage.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const attemptsOfMessage = ({ db, actor }: Source) =>
  byForeignKey(
    (ids) => db.emailAttempt.findMany({ where: { messageId: { in: [...ids] }, ...visible(actor) }, orderBy: { number: 'asc' } }),
    (attempt) => attempt.messageId,
  );

/** Built-in templates are everybody's. */
export const emailTemplate = ({ db, actor }: Source) =>
  byKey(
    async (ids) => {
      const rows = await db.emailTemplate.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } });
      return [...rows.map(viewOfRow), ...ids.flatMap((id) => builtInById(id) ?? [])];
    },
    (template) => template.id,
  );
