import { serveHttp, type HttpServer, type Route } from '../http/serve.ts';
import type { EnvSource } from '../runtime/env.ts';
import type { Part } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import { readTelemetryEnv, type TelemetryEnv } from './env.ts';
import type { Metrics } from './metrics.ts';
import type { Tracer } from './tracer.ts';

/** What a process shows of itself to those who run it. Nothing is loaded for what is not asked for. */
export interface Telemetry {
  readonly metrics: Metrics | undefined;
  readonly tracer: Tracer | undefined;
  /** What runs here, such as a release or a commit. */
  readonly version: string;
}

export interface OpenedTelemetry extends Telemetry {
  /** To be started first and stopped last. */
  readonly part: Part;
  /** Where figures are served, once the part is started: `http://127.0.0.1:9464/metrics`. */
  metricsUrl(): string | undefined;
}

const metricsRoute = ({ registry }: Metrics): Route => ({
  method: 'GET',
  path: '/metrics',
  handle: async (_request, response) => void response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics()),
});

const openMetrics = async (asked: TelemetryEnv['metrics']): Promise<Metrics | undefined> => (asked ? (await import('./metrics.ts')).createMetrics() : undefined);

const openTraces = async ({ tracesUrl, serviceName, version }: TelemetryEnv) => (tracesUrl === undefined ? undefined : (await import('./otlp.ts')).openTracer({ url: tracesUrl, serviceName, version }));

/**
 * Opens what the environment of a process asks for: figures on a port of their own, which is not to be reached by
 * everybody, and traces.
 *
 * @throws EnvironmentError that names every wrong setting.
 */
export const openTelemetry = async (name: string, source: EnvSource, log: Logger): Promise<OpenedTelemetry> => {
  const env = readTelemetryEnv(name, source);
  const [metrics, traces] = [await openMetrics(env.metrics), await openTraces(env)];
  let http: HttpServer | undefined;
  return {
    metrics,
    tracer: traces?.tracer,
    version: env.version,
    metricsUrl: () => http && `${http.url}/metrics`,
    part: {
      name: 'telemetry',
      async start() {
        if (metrics && env.metrics) http = await serveHttp({ ...env.metrics, routes: [metricsRoute(metrics)], log });
      },
      async stop(signal) {
        await http?.close(signal);
        await traces?.close().catch((error: unknown) => log.warn({ err: error }, 'the last traces could not be sent'));
      },
    },
  };
};
