import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

/** One file of a Prisma schema: its name and its text. */
export type SchemaFile = readonly [path: string, text: string];

/** Node has it; the types of Node do not say so. */
declare const WebAssembly: { instantiate(bytes: Uint8Array, imports: Readonly<Record<string, unknown>>): Promise<{ instance: { exports: Record<string, unknown> } }> };

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

let loading: Promise<EngineModule> | undefined;

/** The engine insists on a schema even where it only applies migrations. */
const NO_MODELS: readonly SchemaFile[] = [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']];

/** Where the engine, by Prisma's convention, leaves its last words. Prisma's client installs the same for its own. */
const hearPanics = (): void => {
  const place = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void } };
  place.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message(message) {
      throw new Error(`Prisma's schema engine stopped: ${message}`);
    },
  };
};

/**
 * Prisma's schema engine as WebAssembly: Prisma's own migrations, without the native binary that the CLI downloads.
 * Loaded only when there is something to migrate: it costs 5 MB and a quarter of a second.
 */
const loadEngine = (): Promise<EngineModule> => {
  loading ??= (async () => {
    hearPanics();
    const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
    const wasm = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
    const { instance } = await WebAssembly.instantiate(await readFile(wasm), { './schema_engine_bg.js': engine });
    engine.__wbg_set_wasm(instance.exports as never);
    (instance.exports['__wbindgen_start'] as () => void)();
    return engine;
  })();
  return loading;
};

/** Sends a migration as it is: the adapter would cut it at every semicolon, also inside of the body of a function. */
const wholeScripts = (factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory => {
  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await factory.connect();
    return Object.assign(adapter, { executeScript: async (sql: string) => void (await adapter.executeRaw({ sql, args: [], argTypes: [] })) });
  };
  return { provider: factory.provider, adapterName: factory.adapterName, connect, connectToShadowDb: () => factory.connectToShadowDb() };
};

/** Works with the engine on one database; `datamodels` is left out where only migrations are applied. */
export const withSchemaEngine = async <Result>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<Result>, datamodels: readonly SchemaFile[] = NO_MODELS): Promise<Result> => {
  const module = await loadEngine();
  // The engine never closes what it opened, so the connection is ours to end.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on('error', () => undefined);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg(pool)));
    return await work(await module.SchemaEngine.new({ datamodels: datamodels.map(([path, text]) => [path, text]) }, () => undefined, adapter));
  } finally {
    await pool.end();
  }
};

const target = (files: readonly SchemaFile[] | null) =>
  files === null
    ? ({ tag: 'empty' } as const)
    : ({ tag: 'schemaDatamodel', files: files.map(([path, content]) => ({ path, content })) } as const);

/**
 * The SQL that leads from one schema to another (`null`: from an empty database).
 * The database named by `databaseUrl` is only asked for its dialect; nothing in it is read or changed.
 */
export const diffSchemas = (databaseUrl: string, from: readonly SchemaFile[] | null, to: readonly SchemaFile[]): Promise<string> =>
  withSchemaEngine(
    databaseUrl,
    async (engine) => {
      const { stdout } = await engine.diff({ from: target(from), to: target(to), script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] } });
      return stdout ?? '';
    },
    to,
  );
