import { SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { RunSpan } from "./run-spans";

export const queueLimits = {
  /** Spans that wait. What comes while so many do is thrown away. */
  waiting: 8_192,
  /** Of one request to the collector. */
  batch: 512,
  everyMs: 2_000,
  /** How often what was thrown away is said. */
  sayMs: 60_000,
} as const;

const kinds = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL, client: SpanKind.CLIENT } as const;
const time = (ms: number): [number, number] => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];

/** Hands spans to a collector behind the runs' backs: nobody waits for it, and what it does not take is counted and said. */
export class SpanQueue {
  sent = 0;
  dropped = 0;
  readonly #waiting: RunSpan[] = [];
  readonly #resource;
  readonly #timer: NodeJS.Timeout;
  #sending: Promise<void> | null = null;
  #saidAt = Number.NEGATIVE_INFINITY;
  #unsaid = 0;

  constructor(
    private readonly exporter: SpanExporter,
    service: string,
    private readonly say: (line: string) => void = (line) => console.warn(line),
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#resource = resourceFromAttributes({ "service.name": service });
    this.#timer = setInterval(() => void this.flush(), queueLimits.everyMs);
    this.#timer.unref();
  }

  add(spans: readonly RunSpan[]): void {
    const room = Math.max(0, queueLimits.waiting - this.#waiting.length);
    // The spans of a run stay together: a part of a trace says less than it seems to.
    if (spans.length > room) this.#drop(spans.length, "the queue is full");
    else this.#waiting.push(...spans);
    if (this.#waiting.length >= queueLimits.batch) void this.flush();
  }

  /** Sends all that waits; one request at a time. */
  flush(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.exporter.shutdown();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, queueLimits.batch);
      const problem = await this.#send(batch.map((span) => this.#readable(span)));
      if (problem === null) this.sent += batch.length;
      else this.#drop(batch.length, problem);
    }
  }

  #send(spans: ReadableSpan[]): Promise<string | null> {
    return new Promise((resolve) => {
      try {
        this.exporter.export(spans, ({ code, error }) =>
          resolve(code === 0 ? null : (error?.message ?? "the collector did not take them")),
        );
      } catch (error) {
        resolve(error instanceof Error ? error.message : String(error));
      }
    });
  }

  #drop(count: number, problem: string): void {
    this.dropped += count;
    this.#unsaid += count;
    if (this.now() - this.#saidAt < queueLimits.sayMs) return;
    this.#saidAt = this.now();
    this.say(`${this.#unsaid} spans were thrown away: ${problem.slice(0, 300)}`);
    this.#unsaid = 0;
  }

  #readable({ name, kind, traceId, spanId, parentId, startMs, endMs, attributes, error }: RunSpan): ReadableSpan {
    const last = Math.max(startMs, endMs);
    return {
      name,
      kind: kinds[kind],
      spanContext: () => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
      ...(parentId !== null && { parentSpanContext: { traceId, spanId: parentId, traceFlags: TraceFlags.SAMPLED } }),
      startTime: time(startMs),
      endTime: time(last),
      duration: time(last - startMs),
      ended: true,
      status: error === null ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: error },
      attributes: { ...attributes, ...(error !== null && { "error.type": error }) },
      links: [],
      events: [],
      resource: this.#resource,
      instrumentationScope: { name: "pipewright" },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
  }
}
