import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readEnv, type EnvSource } from '../runtime/env.ts';

/** What an operator wants to see of a process, and where. */
export interface TelemetryEnv {
  /** Where figures are served to Prometheus; nowhere when left out. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Where traces go by OTLP over HTTP, such as `http://collector:4318/v1/traces`; nowhere when left out. */
  readonly tracesUrl: string | undefined;
  /** By what name the process goes in traces. */
  readonly serviceName: string;
  /** What runs here. */
  readonly version: string;
}

const TRACES_PATH = '/v1/traces';
const address = () => z.url({ protocol: /^https?$/, error: 'must be an address of the form http://host:port' });

const model = z.object({
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: address().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address().optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_SDK_DISABLED: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  SERVICE_VERSION: z.string().optional(),
});

let ownVersion: string | undefined;
const readVersion = (): string => (ownVersion ??= (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version);

/** @throws EnvironmentError that names every wrong setting. */
export const readTelemetryEnv = (name: string, source: EnvSource): TelemetryEnv => {
  const env = readEnv(name, model, source);
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '');
  const tracesUrl = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base && `${base}${TRACES_PATH}`);
  return {
    metrics: env.METRICS_PORT === undefined ? undefined : { host: env.METRICS_HOST, port: env.METRICS_PORT },
    tracesUrl: env.OTEL_SDK_DISABLED === 'true' ? undefined : tracesUrl,
    serviceName: env.OTEL_SERVICE_NAME ?? name,
    version: env.SERVICE_VERSION ?? readVersion(),
  };
};
