import { connection, type PageArgs } from '@buffrsign/kernel';
import type { TrustedOperationState } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listApiClients = ({ db, actor }: Context, args: PageArgs) => connection(args, (page) => db.apiClient.findMany({ ...page, where: { ...page.where, ...visible(actor) } }));

export const listApiKeys = ({ db, actor }: Context, args: PageArgs & { readonly apiClientId?: string | null | undefined }) =>
  connection(args, (page) => db.apiKey.findMany({ ...page, where: { ...page.where, ...visible(actor), ...(args.apiClientId && { apiClientId: args.apiClientId }) } }));

export const listRatePlans = ({ db, actor }: Context, args: PageArgs) => connection(args, (page) => db.ratePlan.findMany({ ...page, where: { ...page.where, ...visible(actor) } }));

export const listTrustedOperations = ({ db, actor }: Context, args: PageArgs & { readonly state?: TrustedOperationState | null | undefined }) =>
  connection(args, (page) => db.trustedOperation.findMany({ ...page, where: { ...page.where, ...visible(actor), ...(args.state && { state: args.state }) } }));

export const listSchemaVersions = ({ db, actor }: Context, args: PageArgs) => connection(args, (page) => db.schemaVersion.findMany({ ...page, where: { ...page.where, ...visible(actor) } }));

export const listOperationUsages = ({ db, actor }: Context, args: PageArgs & { readonly sha256?: string | null | undefined }) =>
  connection(args, (page) => db.operationUsage.findMany({ ...page, where: { ...page.where, ...visible(actor), ...(args.sha256 && { sha256: args.sha256 }) } }));
