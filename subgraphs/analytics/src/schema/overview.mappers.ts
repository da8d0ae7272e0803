export type { Overview as AnalyticsOverviewMapper } from '../domain/overview.ts';
export interface OrganizationMapper {
  readonly id: string;
}
