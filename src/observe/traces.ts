import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Observer } from '../core/observer.ts';
import { within } from '../time/wait.ts';

/** How long sending the remaining spans may take, in milliseconds: the collector may be down. */
const STOP_MS = 1000;
/** How long sending spans may take, including retries, in milliseconds. */
const EXPORT_MS = 2000;

export interface Traces {
  readonly observer: Observer;
  /** Sends the remaining spans. Never rejects. */
  stop(): Promise<void>;
}

interface TraceLog {
  warn(details: object, message: string): void;
}

/** The same exporter, which warns once if the collector refuses spans, and again only after it has accepted some. */
function reportFailure(exporter: OTLPTraceExporter, log: TraceLog): SpanExporter {
  let reported = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error && !reported) {
          log.warn(
            { err: result.error },
            'the collector refuses traces. Check that one is running at OTEL_EXPORTER_OTLP_ENDPOINT',
          );
        }
        reported = result.error !== undefined;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}

/**
 * Sends a span for each answer and each attempt at a delivery to an OpenTelemetry collector over OTLP/HTTP. What people ask
 * is in none of them.
 */
export function startTraces(url: string, version: string, log: TraceLog): Traces {
  const exporter = reportFailure(new OTLPTraceExporter({ url: `${url}/v1/traces`, timeoutMillis: EXPORT_MS }), log);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'briefing-bot', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('briefing-bot', version);
  const observer: Observer = {
    answering({ request, platform, command }) {
      const attributes = { 'briefing.request': request, 'briefing.platform': platform, 'briefing.command': command };
      const span = tracer.startSpan(`answer ${command}`, { kind: SpanKind.SERVER, attributes });
      return (outcome) => {
        span.setAttribute('briefing.outcome', outcome);
        if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      };
    },
    delivering({ platform, subscription }) {
      const attributes = { 'briefing.platform': platform, 'briefing.subscription': subscription };
      const span = tracer.startSpan('deliver digest', { kind: SpanKind.PRODUCER, attributes });
      return (outcome, lateMs) => {
        span.setAttributes({ 'briefing.outcome': outcome, 'briefing.late_ms': lateMs });
        if (outcome === 'failed' || outcome === 'crashed') span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      };
    },
  };
  return {
    observer,
    stop: async () =>
      void (await within(
        provider.shutdown().catch(() => undefined),
        STOP_MS,
      )),
  };
}
