import { byId, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

export const supportTicket = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.supportTicket.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const auditLogEntry = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.auditLogEntry.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
