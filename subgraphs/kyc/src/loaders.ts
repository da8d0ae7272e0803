import { byForeignKey, byId, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

type Source = LoaderSource<Database>;

export const verification = ({ db, actor }: Source) => byId((ids) => db.verification.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const checksOf = ({ db, actor }: Source) =>
  byForeignKey((ids) => db.verificationCheck.findMany({ where: { verificationId: { in: [...ids] }, ...visible(actor) }, orderBy: { kind: 'asc' } }), (check) => check.verificationId);

export const verificationsOfRecipient = ({ db, actor }: Source) =>
  byForeignKey((ids) => db.verification.findMany({ where: { recipientId: { in: [...ids] }, ...visible(actor) }, orderBy: { id: 'desc' } }), (verification) => verification.recipientId ?? '');
