import type { QueryResolvers } from './../../__generated__/types.ts';
import { requireKnown } from '@buffrsign/kernel';
import { mustLoad } from '../../must-load.ts';

export const organization: NonNullable<QueryResolvers['organization']> = (_root, _args, ctx) => mustLoad(ctx.load.organization, requireKnown(ctx.actor).organizationId);
