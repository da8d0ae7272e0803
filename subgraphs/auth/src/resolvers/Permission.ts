import type { PermissionResolvers } from './../__generated__/types.ts';

export const Permission: PermissionResolvers = {};
