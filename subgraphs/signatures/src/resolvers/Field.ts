import type { FieldResolvers } from './../__generated__/types.ts';
import { mustLoadRecipient } from '../use-cases/envelope-row.ts';

export const Field: FieldResolvers = {
  rectangle: ({ x, y, width, height }) => ({ x, y, width, height }),
  recipient: ({ recipientId }, _args, ctx) => mustLoadRecipient(ctx, recipientId),
  value: ({ id }, _args, ctx) => ctx.load.valueOfField.load(id),
};
