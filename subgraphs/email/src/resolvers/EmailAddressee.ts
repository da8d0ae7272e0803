import type { EmailAddresseeResolvers } from './../__generated__/types.ts';

export const EmailAddressee: EmailAddresseeResolvers = {};
