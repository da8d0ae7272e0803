import { sendJson, type Route } from '../http/serve.ts';
import type { Readiness } from './readiness.ts';

/**
 * `/health/live` says that the process runs. `/health/ready` says whether it may be given work, and names what is
 * missing; 503 when something is.
 */
export const healthRoutes = (options: { readiness: () => Promise<Readiness>; version: string }): Route[] => [
  { method: 'GET', path: '/health/live', handle: async (_request, response) => sendJson(response, 200, { status: 'live' }) },
  {
    method: 'GET',
    path: '/health/ready',
    async handle(_request, response) {
      const { ready, ...rest } = await options.readiness();
      response.setHeader('cache-control', 'no-store');
      sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', version: options.version, ...rest });
    },
  },
];
