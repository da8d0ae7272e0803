export type { ApiClient as ApiClientMapper, ApiKey as ApiKeyMapper } from '../__generated__/prisma/client.ts';
export type UserMapper = { id: string };
