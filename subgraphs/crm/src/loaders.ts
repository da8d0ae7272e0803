import { byId, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

export const contact = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.contact.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
