import type { ContactResolvers } from './../__generated__/types.ts';

export const Contact: ContactResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.contact.load(reference.id),
};
