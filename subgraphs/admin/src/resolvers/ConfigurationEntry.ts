import type { ConfigurationEntryResolvers } from './../__generated__/types.ts';

export const ConfigurationEntry: ConfigurationEntryResolvers = {
  updatedBy: ({ updatedById }) => (updatedById === null ? null : { id: updatedById }),
};
