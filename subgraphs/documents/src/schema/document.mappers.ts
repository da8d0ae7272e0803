export type { Document as DocumentMapper } from '../__generated__/prisma/client.ts';

export interface UserMapper {
  readonly id: string;
}
