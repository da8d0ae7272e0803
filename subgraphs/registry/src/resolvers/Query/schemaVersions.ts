import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const schemaVersions: NonNullable<QueryResolvers['schemaVersions']> = (_root, args, ctx) => useCases.listSchemaVersions(ctx, args);
