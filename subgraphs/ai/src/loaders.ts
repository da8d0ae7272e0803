import { byId, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

export const analysis = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.analysis.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
