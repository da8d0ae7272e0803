import type { ApiClient } from '../__generated__/prisma/client.ts';

export interface ApiClientExists {
  readonly __typename: 'ApiClientExistsError';
  readonly message: string;
  readonly apiClient: ApiClient;
}

export const apiClientExists = (apiClient: ApiClient): ApiClientExists => ({
  __typename: 'ApiClientExistsError',
  message: `A program named ${apiClient.name} is there already. Change that one, or take another name.`,
  apiClient,
});
