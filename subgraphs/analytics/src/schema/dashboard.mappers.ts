export type { Dashboard as DashboardMapper, Widget as DashboardWidgetMapper } from '../__generated__/prisma/client.ts';
export interface UserMapper {
  readonly id: string;
}
