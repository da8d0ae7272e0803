import { EnvironmentError, readEnv, type EnvSource, type TrustedIssuer } from '@buffrsign/kernel/gateway';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defaultCost, type CostSettings } from './cost/settings.ts';
import { readProxies } from './http/client.ts';
import type { AllowedOrigins } from './http/cors.ts';
import { passThroughDefaults, type PassThrough } from './http/pass-through.ts';
import type { Introspection } from './introspection.ts';
import { defaultLimits, type Limits } from './limits/limits.ts';

/** The settings of a gateway process; README.md has them as a table. */
export interface GatewayEnv {
  readonly supergraphPath: string;
  readonly actorTokenSecret: string;
  readonly issuers: readonly TrustedIssuer[];
  readonly allowedOrigins: AllowedOrigins;
  readonly trustedProxies: readonly string[];
  readonly introspection: Introspection;
  readonly limits: Pick<Limits, 'connections' | 'connectionsPerAddress'>;
  readonly cost: CostSettings;
  readonly passThrough: readonly PassThrough[];
  readonly passThroughLimits: { readonly maxBytes: number };
  readonly pagesDirectory: string | undefined;
  readonly operationsDirectory: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
}

const SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

/** Beside the code, where there are any. */
const PAGES = fileURLToPath(new URL('../../pages', import.meta.url));

/** As the pages. */
const OPERATIONS = fileURLToPath(new URL('../../schema/operations', import.meta.url));

const issuer = z
  .tuple([z.string(), z.enum(['user', 'guest']), z.url()])
  .transform(([name, kind, jwksUrl]): TrustedIssuer => ({ issuer: name, kind, jwksUrl }));

const issuers = z.string({ error: 'is not set (whose access tokens are believed: "issuer user|guest key-set-url", comma separated)' }).transform((text, ctx) =>
  text.split(',').flatMap((part) => {
    const parsed = issuer.safeParse(part.trim().split(/\s+/));
    if (parsed.success) return [parsed.data];
    ctx.addIssue({ code: 'custom', message: `"${part.trim()}" is not of the form "issuer user|guest key-set-url"` });
    return [];
  }),
);

const proxies = z.string().default('').transform((text, ctx) => {
  const entries = text.split(',').map((entry) => entry.trim()).filter(Boolean);
  try {
    readProxies(entries);
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: (error as Error).message });
  }
  return entries;
});

const introspection = z
  .string()
  .regex(/^(all|users|none|scope:\S+)$/, 'must be all, users, none or scope:<name>')
  .default('all')
  .transform((text): Introspection => (text.startsWith('scope:') ? { scope: text.slice('scope:'.length) } : (text as 'all' | 'users' | 'none')));

const positive = z.coerce.number().int().min(1);

const passThrough = z
  .tuple([z.enum(['GET', 'POST', 'PUT']), z.string().regex(/^\/[\w./-]*$/), z.url({ protocol: /^https?$/ })])
  .transform(([method, path, target]): PassThrough => ({ method, path, target }));

const passThroughs = z.string().default('').transform((text, ctx) =>
  text.split(',').filter((part) => part.trim() !== '').flatMap((part) => {
    const parsed = passThrough.safeParse(part.trim().split(/\s+/));
    if (parsed.success) return [parsed.data];
    ctx.addIssue({ code: 'custom', message: `"${part.trim()}" is not of the form "POST /path http://host:port/path"` });
    return [];
  }),
);

const model = z.object({
  SUPERGRAPH_PATH: z.string().default(SUPERGRAPH),
  ACTOR_TOKEN_SECRET: z.string({ error: 'is not set (shared by the gateway and the subgraphs)' }).min(32, 'must have at least 32 characters'),
  TOKEN_ISSUERS: issuers,
  ALLOWED_ORIGINS: z
    .string()
    .default('*')
    .transform((text): AllowedOrigins => (text.trim() === '*' ? '*' : text.split(',').map((origin) => origin.trim()))),
  TRUSTED_PROXIES: proxies,
  INTROSPECTION: introspection,
  MAX_CONNECTIONS: positive.default(defaultLimits.connections),
  MAX_CONNECTIONS_PER_ADDRESS: positive.default(defaultLimits.connectionsPerAddress),
  COST_MODE: z.enum(['measure', 'enforce'], { error: 'must be measure or enforce' }).default(defaultCost.mode),
  COST_MAX: positive.default(defaultCost.max),
  COST_LIST_SIZE: positive.default(defaultCost.listSize),
  PASS_THROUGH: passThroughs,
  PASS_THROUGH_BYTES: positive.default(passThroughDefaults.maxBytes),
  PAGES_DIR: z.string().default(existsSync(PAGES) ? PAGES : ''),
  OPERATIONS_DIR: z.string().default(existsSync(OPERATIONS) ? OPERATIONS : ''),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** @throws EnvironmentError that names every wrong or missing setting. */
export const readGatewayEnv = (source: EnvSource): GatewayEnv => {
  const env = readEnv('gateway', model, source);
  return {
    supergraphPath: env.SUPERGRAPH_PATH,
    actorTokenSecret: env.ACTOR_TOKEN_SECRET,
    issuers: env.TOKEN_ISSUERS,
    allowedOrigins: env.ALLOWED_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    introspection: env.INTROSPECTION,
    limits: { connections: env.MAX_CONNECTIONS, connectionsPerAddress: env.MAX_CONNECTIONS_PER_ADDRESS },
    cost: { mode: env.COST_MODE, max: env.COST_MAX, listSize: env.COST_LIST_SIZE },
    passThrough: env.PASS_THROUGH,
    passThroughLimits: { maxBytes: env.PASS_THROUGH_BYTES },
    pagesDirectory: env.PAGES_DIR || undefined,
    operationsDirectory: env.OPERATIONS_DIR || undefined,
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
  };
};

/**
 * The addresses of subgraphs from `<NAME>_URL`, such as `AUTH_URL`, for those that have one.
 *
 * @throws EnvironmentError that names every one that is no address.
 */
export const readSubgraphUrls = (names: readonly string[], source: EnvSource): Record<string, string> => {
  const set = names.map((name) => ({ name, key: `${name.toUpperCase().replaceAll('-', '_')}_URL` })).flatMap(({ name, key }) => (source[key] ? [{ name, key, url: source[key] }] : []));
  const wrong = set.filter(({ url }) => !/^https?:$/.test(URL.parse(url)?.protocol ?? ''));
  if (wrong.length > 0) throw new EnvironmentError('gateway', wrong.map(({ key, url }) => `${key}: "${url}" is no address of the form http://host:port`));
  return Object.fromEntries(set.map(({ name, url }) => [name, url]));
};
