import { z } from 'zod';
import type { ServiceAddress } from '../health/http-directory.ts';

/** Where settings come from: `process.env` in a process, a plain object in tests and in the embedded platform. */
export type EnvSource = Readonly<Record<string, string | undefined>>;

/** The environment of this process. The only reader of `process.env` in packages, subgraphs and gateway. */
export const processEnv = (): EnvSource => process.env;

/** What is wrong with the environment, one line a setting, all at once. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
  readonly problems: readonly string[];
  constructor(who: string, problems: readonly string[]) {
    super(`${who} cannot start: the environment is incomplete.\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nSee .env.example for every setting with its meaning.`);
    this.problems = problems;
  }
}

/**
 * Reads the settings that a part needs; empty strings count as not set.
 *
 * @throws EnvironmentError that names every wrong or missing setting.
 */
export const readEnv = <Model extends z.ZodType>(who: string, model: Model, source: EnvSource): z.output<Model> => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = model.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(who, parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
};

/** What every subgraph needs to know of its surroundings. `postgres` is this subgraph's own database. */
export interface KernelEnv {
  readonly databaseUrl: string;
  /** Absent: facts travel inside this process. */
  readonly redisUrl: string | undefined;
  /** Keeps platforms that share a Redis apart. */
  readonly redisPrefix: string;
  /** Shared by gateway and subgraphs; signs the 60-second actor tokens. At least 32 characters. */
  readonly actorTokenSecret: string;
  /** Encrypts what must not lie readable in a database (private keys). At least 32 characters. */
  readonly dataKey: string;
  readonly host: string;
  readonly port: number;
  /** Connections to Postgres at most, for queries, jobs and messages together. Two of them only listen for facts and jobs. */
  readonly poolSize: number;
  /** The parts of the platform and where each answers, for those who tell how they are; none when left out. */
  readonly services: readonly ServiceAddress[];
  /** Days for which facts that were sent are kept at least: so long a live stream can be taken up from a cursor. */
  readonly factsKeptDays: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

const secret = (what: string) => z.string({ error: `is not set (${what})` }).min(32, 'must have at least 32 characters');

const serviceAddress = z.tuple([z.string().regex(/^[\w-]+$/), z.url({ protocol: /^https?$/ })]).transform(([name, url]): ServiceAddress => ({ name, url }));

const serviceAddresses = z.string().default('').transform((text, ctx) =>
  text.split(',').filter((part) => part.trim() !== '').flatMap((part) => {
    const parsed = serviceAddress.safeParse(part.trim().split(/\s+/));
    if (parsed.success) return [parsed.data];
    ctx.addIssue({ code: 'custom', message: `"${part.trim()}" is not of the form "name http://host:port"` });
    return [];
  }),
);

const urlOf = (postgresUrl: string, name: string): string => {
  const url = new URL(postgresUrl);
  url.pathname = `/buffrsign_${name}`;
  return url.toString();
};

/** The settings that every subgraph has, from `<NAME>_DATABASE_URL` or `POSTGRES_URL`, `REDIS_URL` and so on. */
export const readKernelEnv = (name: string, defaultPort: number, source: EnvSource): KernelEnv => {
  const own = `${name.toUpperCase()}_DATABASE_URL`;
  const model = z
    .object({
      DATABASE_URL: z.url().optional(),
      POSTGRES_URL: z.url().optional(),
      REDIS_URL: z.url().optional(),
      REDIS_PREFIX: z.string().default('buffrsign'),
      ACTOR_TOKEN_SECRET: secret('shared by the gateway and the subgraphs'),
      DATA_KEY: secret('encrypts private keys in the databases'),
      HOST: z.string().default('0.0.0.0'),
      PORT: z.coerce.number().int().min(0).max(65_535).default(defaultPort),
      POSTGRES_POOL: z.coerce.number().int().min(4).max(100).default(6),
      SERVICE_URLS: serviceAddresses,
      FACTS_KEPT_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
      LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    })
    .transform((env, ctx) => {
      const databaseUrl = env.DATABASE_URL ?? (env.POSTGRES_URL && urlOf(env.POSTGRES_URL, name));
      if (databaseUrl) return { ...env, databaseUrl };
      ctx.addIssue({ code: 'custom', path: [own], message: `is not set; set it, or POSTGRES_URL for all subgraphs (the database is then buffrsign_${name})` });
      return z.NEVER;
    });
  const env = readEnv(name, model, { ...source, DATABASE_URL: source[own] });
  return {
    databaseUrl: env.databaseUrl,
    redisUrl: env.REDIS_URL,
    redisPrefix: env.REDIS_PREFIX,
    actorTokenSecret: env.ACTOR_TOKEN_SECRET,
    dataKey: env.DATA_KEY,
    host: env.HOST,
    port: env.PORT,
    poolSize: env.POSTGRES_POOL,
    services: env.SERVICE_URLS,
    factsKeptDays: env.FACTS_KEPT_DAYS,
    logLevel: env.LOG_LEVEL,
  };
};
