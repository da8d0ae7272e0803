import type { ConditionalStepResolvers } from './../__generated__/types.ts';

export const ConditionalStep: ConditionalStepResolvers = {};
