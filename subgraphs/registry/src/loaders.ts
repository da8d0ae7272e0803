import { byForeignKey, byId, byKey, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

type Source = LoaderSource<Database>;

export const apiClient = ({ db, actor }: Source) => byId((ids) => db.apiClient.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
export const apiKey = ({ db, actor }: Source) => byId((ids) => db.apiKey.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
export const unrevokedKeysOf = ({ db, actor }: Source) =>
  byForeignKey((ids) => db.apiKey.findMany({ where: { apiClientId: { in: [...ids] }, revokedAt: null, ...visible(actor) }, orderBy: { id: 'desc' } }), (key) => key.apiClientId);
export const ratePlan = ({ db, actor }: Source) => byId((ids) => db.ratePlan.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
export const trustedOperation = ({ db, actor }: Source) => byId((ids) => db.trustedOperation.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
export const trustedOperationByHash = ({ db, actor }: Source) =>
  byKey((hashes) => db.trustedOperation.findMany({ where: { sha256: { in: [...hashes] }, ...visible(actor) } }), (operation) => operation.sha256);
export const schemaVersion = ({ db, actor }: Source) => byId((ids) => db.schemaVersion.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
export const operationUsage = ({ db, actor }: Source) => byId((ids) => db.operationUsage.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
