import { connection, type PageArgs } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { packedRules, type Framework, type PackedRule } from '../domain/rule.ts';
import { currentPacks } from '../packs/index.ts';
import { visible } from '../policies.ts';

export const listComplianceRules = ({ framework }: { readonly framework?: Framework | null | undefined }): PackedRule[] =>
  currentPacks.filter((pack) => !framework || pack.framework === framework).flatMap(packedRules);

export const listComplianceChecks = ({ db, actor }: Context, args: PageArgs) => connection(args, (page) => db.complianceCheck.findMany({ ...page, where: { ...page.where, ...visible(actor) } }));

export const listRetentionPolicies = ({ db, actor }: Context, args: PageArgs) => connection(args, (page) => db.retentionPolicy.findMany({ ...page, where: { ...page.where, ...visible(actor) } }));
