/** What is said of a span, by the names of OpenTelemetry's semantic conventions. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work in a trace. */
export interface Span {
  readonly traceId: string;
  /** Its place in the trace as W3C Trace Context writes it; whoever works on its behalf names it as their parent. */
  readonly traceparent: string;
  /** The name follows once it is known what the work is. */
  describe(attributes: Attributes, name?: string): void;
  /** Ends it; `error` says in a word what went wrong. */
  end(error?: string): void;
}

/** Makes spans. There is none where no traces are asked for: then nothing is made and nothing is loaded. */
export interface Tracer {
  /** Begins a span; `parent` is a `traceparent`, and what is none begins a trace of its own. */
  start(name: string, kind: 'server' | 'client' | 'internal', parent: string | undefined, attributes?: Attributes): Span;
  /** Works with a span as the current one, so that libraries (the database's) add theirs below it. */
  within<Args extends unknown[], Result>(span: Span, work: (...args: Args) => Result, ...args: Args): Result;
}
