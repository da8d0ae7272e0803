import type { QueryResolvers } from './../../__generated__/types.ts';
import { permissions as permissionTable } from '../../domain/permissions.ts';

export const permissions: NonNullable<QueryResolvers['permissions']> = () => Object.entries(permissionTable).map(([scope, description]) => ({ scope, description }));
