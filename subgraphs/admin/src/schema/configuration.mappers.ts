export type { Entry as ConfigurationEntryMapper } from '../domain/configuration.ts';
