import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span as OtelSpan } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { PrismaInstrumentation } from '@prisma/instrumentation';
import type { Span, Tracer } from './tracer.ts';

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

interface OwnSpan extends Span {
  readonly own: OtelSpan;
}

const wrap = (own: OtelSpan): OwnSpan => {
  const { traceId, spanId, traceFlags } = own.spanContext();
  return {
    own,
    traceId,
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    describe(attributes, name) {
      own.setAttributes(attributes);
      if (name !== undefined) own.updateName(name);
    },
    end(error) {
      if (error !== undefined) own.setStatus({ code: SpanStatusCode.ERROR, message: error });
      own.end();
    },
  };
};

/**
 * Traces by OTLP over HTTP. Sampling, headers and batching are set by OpenTelemetry's own variables, which its library
 * reads. One a process: OpenTelemetry's API knows one provider.
 */
export const openTracer = (options: { url: string; serviceName: string; version: string }): { readonly tracer: Tracer; close(): Promise<void> } => {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.serviceName, 'service.version': options.version }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: options.url }))],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const prisma = new PrismaInstrumentation();
  prisma.setTracerProvider(provider);
  prisma.enable();

  const tracer = provider.getTracer('buffrsign', options.version);
  const parentOf = (traceparent: string | undefined) => (traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent }));
  return {
    tracer: {
      start: (name, kind, parent, attributes = {}) => wrap(tracer.startSpan(name, { kind: kinds[kind], attributes }, parentOf(parent))),
      within: (span, work, ...args) => context.with(trace.setSpan(ROOT_CONTEXT, (span as OwnSpan).own), work as (...given: unknown[]) => ReturnType<typeof work>, undefined, ...args),
    },
    async close() {
      prisma.disable();
      await provider.shutdown();
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
};
