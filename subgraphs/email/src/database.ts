import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from './__generated__/prisma/client.ts';

export type Database = PrismaClient;

export const createDatabase = (adapter: SqlDriverAdapterFactory): Database => new PrismaClient({ adapter });
