import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly boolValue?: boolean;
}

/** A span as it came by OTLP (JSON), with its attributes as one reads them. */
export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

interface OtlpBody {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: OtlpValue }[] };
    readonly scopeSpans: readonly { readonly spans: readonly (Omit<ReceivedSpan, 'attributes' | 'service' | 'isError'> & { attributes: readonly { key: string; value: OtlpValue }[]; status?: { code?: number } })[] }[];
  }[];
}

const read = (attributes: readonly { key: string; value: OtlpValue }[]): Record<string, unknown> => Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.boolValue ?? Number(value.intValue)]));

const spansOf = ({ resourceSpans }: OtlpBody): ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, status, name, kind, traceId, spanId, parentSpanId }) => ({ name, kind, traceId, spanId, parentSpanId: parentSpanId || undefined, service: String(read(resource.attributes)['service.name']), attributes: read(attributes), isError: status?.code === 2 })),
    ),
  );

/** Takes traces by OTLP over HTTP, as a collector does, and keeps them. */
export const startFakeOtlpCollector = async () => {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    if (request.url !== '/v1/traces' || !/^application\/json/.test(request.headers['content-type'] ?? '')) return void response.writeHead(415).end();
    bodies.push(text);
    spans.push(...spansOf(JSON.parse(text) as OtlpBody));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    /** All that was sent, as text. */
    text: () => bodies.join('\n'),
    stop: () => new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
};
