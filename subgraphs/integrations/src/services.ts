import { open, seal, type ServiceSource } from '@buffrsign/kernel';
import type { z } from 'zod';
import type { Database } from './database.ts';
import type { UrlRules } from './domain/endpoint-url.ts';
import type { integrationsEnv } from './env.ts';
import { resolveHost, type ResolveHost } from './http/resolve-host.ts';

export interface Services {
  readonly urlRules: UrlRules;
  readonly resolveHost: ResolveHost;
  /** Encrypts a secret for the database. */
  seal(secret: string): string;
  open(sealed: string): string;
}

export const createServices = ({ env, kernel }: ServiceSource<Database, z.output<typeof integrationsEnv>>): Services => ({
  urlRules: { allowLoopback: env.WEBHOOKS_ALLOW_LOOPBACK },
  resolveHost,
  seal: (secret) => seal(secret, kernel.dataKey),
  open: (sealed) => open(sealed, kernel.dataKey),
});
