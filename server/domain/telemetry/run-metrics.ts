import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RunEvent } from "@/runtime/run/events";
import { statusOfEnd } from "@/runtime/run/reduce";
import { boundedLabel } from "./bounded-label";

/** Seconds. From what a cache takes to what a long agent does. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const most = { deployments: 300, codes: 60, endpoints: 50, models: 100 } as const;

/** Gauges of the library that have the name of a counter. */
const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** A run that has ended, as it is counted. */
export interface EndedRunFigures {
  /** The name of its deployment. */
  readonly deployment: string;
  readonly events: readonly RunEvent[];
  readonly durationMs: number | null;
  readonly firstTokenMs: number | null;
}

export interface LiveFigures {
  readonly inFlight: () => number;
  readonly spans: () => { readonly sent: number; readonly dropped: number };
}

/** The metrics of this process. No label holds what a caller writes, and each has a bound. */
export class RunMetrics {
  readonly registry = new Registry();
  readonly #deployment = boundedLabel(most.deployments);
  readonly #code = boundedLabel(most.codes);
  readonly #endpoint = boundedLabel(most.endpoints);
  readonly #model = boundedLabel(most.models);
  readonly #runs = this.#counter("pipewright_runs_total", "Runs of deployments that have ended.", [
    "deployment",
    "status",
  ]);
  readonly #errors = this.#counter(
    "pipewright_run_errors_total",
    "Runs of deployments that failed, by the code of the error.",
    ["deployment", "code"],
  );
  readonly #duration = this.#histogram(
    "pipewright_run_duration_seconds",
    "From the call to the end of its run, without the time in which it waited for people.",
    ["deployment"],
  );
  readonly #firstToken = this.#histogram(
    "pipewright_run_time_to_first_token_seconds",
    "From the call to the first words of the answer, of runs that stream one.",
    ["deployment"],
  );
  readonly #calls = this.#counter("pipewright_model_calls_total", "Model calls of runs that have ended.", [
    "endpoint",
    "model",
    "operation",
    "outcome",
  ]);
  readonly #callDuration = this.#histogram("pipewright_model_call_duration_seconds", "How long model calls took.", [
    "endpoint",
    "model",
  ]);
  readonly #tokens = this.#counter("pipewright_model_tokens_total", "Tokens that model calls read and wrote.", [
    "endpoint",
    "model",
    "direction",
  ]);
  readonly #cost = this.#counter(
    "pipewright_model_cost_dollars_total",
    "What model calls cost, where their price is known.",
    ["endpoint", "model"],
  );
  readonly #unpriced = this.#counter("pipewright_model_unpriced_calls_total", "Model calls whose price is not known.", [
    "endpoint",
    "model",
  ]);

  constructor(live: LiveFigures) {
    const { registry } = this;
    collectDefaultMetrics({ register: registry });
    for (const name of misnamed) registry.removeSingleMetric(name);
    new Gauge({
      name: "pipewright_runs_in_flight",
      help: "Runs that this process has under way.",
      registers: [registry],
      collect() {
        this.set(live.inFlight());
      },
    });
    // Counted elsewhere, so that they are as they are whenever somebody asks.
    for (const [name, help, read] of [
      ["pipewright_trace_spans_sent_total", "Spans that a collector took.", () => live.spans().sent],
      [
        "pipewright_trace_spans_dropped_total",
        "Spans that were thrown away: the queue was full, or no collector took them.",
        () => live.spans().dropped,
      ],
    ] as const) {
      new Counter({
        name,
        help,
        registers: [registry],
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    }
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  #histogram<Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }

  /** Counts a run that has ended, with all that its models did. */
  count({ deployment: slug, events, durationMs, firstTokenMs }: EndedRunFigures): void {
    const end = events.at(-1);
    if (end?.type !== "run-end") return;
    const start = events[0];
    const part = start?.type === "run-start" ? (start.part ?? null) : null;
    const deployment = this.#deployment(slug);
    this.#runs.inc({ deployment, status: statusOfEnd(end, part) });
    if (end.outcome === "failure") this.#errors.inc({ deployment, code: this.#code(end.error.code) });
    if (durationMs !== null) this.#duration.observe({ deployment }, durationMs / 1000);
    if (firstTokenMs !== null) this.#firstToken.observe({ deployment }, firstTokenMs / 1000);
    for (const event of events) if (event.type === "model-call") this.#countCall(event);
  }

  #countCall(event: Extract<RunEvent, { type: "model-call" }>): void {
    const [endpoint, model] = [this.#endpoint(event.endpoint), this.#model(event.model)];
    const outcome = event.error !== undefined ? "failure" : event.cached ? "cached" : "success";
    this.#calls.inc({ endpoint, model, operation: event.operation, outcome });
    this.#callDuration.observe({ endpoint, model }, event.latencyMs / 1000);
    const { inputTokens = null, outputTokens = null } = event.usage ?? {};
    if (inputTokens) this.#tokens.inc({ endpoint, model, direction: "input" }, inputTokens);
    if (outputTokens) this.#tokens.inc({ endpoint, model, direction: "output" }, outputTokens);
    if (event.costMicroUsd !== null) this.#cost.inc({ endpoint, model }, event.costMicroUsd / 1e6);
    else if (event.error === undefined || event.usage !== null) this.#unpriced.inc({ endpoint, model });
  }
}
