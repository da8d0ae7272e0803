import type { AutomatedStepResolvers } from './../__generated__/types.ts';

export const AutomatedStep: AutomatedStepResolvers = {};
