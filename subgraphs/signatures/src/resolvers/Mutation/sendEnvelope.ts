import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const sendEnvelope: NonNullable<MutationResolvers['sendEnvelope']> = (_root, { input }, ctx) => useCases.sendEnvelope(ctx, input);
