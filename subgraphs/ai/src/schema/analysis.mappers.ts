export type { Analysis as AnalysisMapper } from '../__generated__/prisma/client.ts';
export type { Model as AnalysisModelMapper } from '../domain/model.ts';

export interface DocumentMapper {
  readonly id: string;
}
export interface UserMapper {
  readonly id: string;
}
