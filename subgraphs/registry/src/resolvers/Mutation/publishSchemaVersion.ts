import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const publishSchemaVersion: NonNullable<MutationResolvers['publishSchemaVersion']> = (_root, { input }, ctx) => useCases.publishSchemaVersion(ctx, input);
