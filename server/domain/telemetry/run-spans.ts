import type { NodePath, RunEvent } from "@/runtime/run/events";
import { spanIdOf, type TraceParent, traceIdOf } from "./trace-parent";

/** Spans of one run; what is beyond is left out, and the run's span says how many. */
export const mostSpans = 1_000;
const mostContent = 8_000;

export interface RunSpan {
  readonly name: string;
  readonly kind: "server" | "internal" | "client";
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** An error's code; null where there was none. */
  readonly error: string | null;
}

interface Told {
  readonly runId: string;
  readonly deployment: string;
  readonly parent: TraceParent | null;
  /** Whether what was asked and answered goes along. */
  readonly content: boolean;
}

const operations = {
  chat: "chat",
  embed: "embeddings",
  moderate: "moderate",
  transcribe: "transcribe",
  rerank: "rerank",
  draw: "generate_content",
  speak: "generate_content",
} as const satisfies Record<Extract<RunEvent, { type: "model-call" }>["operation"], string>;

const keyOf = (path: NodePath): string => path.join("/");

/** The path that a step stands in: the frame around it, or, of a frame, its container. */
const aroundOf = (path: NodePath): string | null => {
  const last = path.at(-1) ?? "";
  const mark = last.indexOf("#");
  const around = mark < 0 ? path.slice(0, -1) : [...path.slice(0, -1), last.slice(0, mark)];
  return around.length === 0 ? null : keyOf(around);
};

const said = (value: unknown): string => (JSON.stringify(value) ?? "").slice(0, mostContent);

/**
 * A run that has ended as spans, by OpenTelemetry's semantic conventions for generative AI (gen_ai.*): the run below its caller's span, its steps below it, and model
 * calls and tools below their steps. Prompts and answers are left out unless they were asked for.
 */
export const spansOf = (
  events: readonly RunEvent[],
  { runId, deployment, parent, content }: Told,
): readonly RunSpan[] => {
  const traceId = parent?.traceId ?? traceIdOf(runId);
  const rootId = spanIdOf(runId, "run");
  const [start, end] = [events[0], events.at(-1)];
  if (start?.type !== "run-start" || end?.type !== "run-end") return [];
  const spans: RunSpan[] = [];
  let left = 0;
  const add = (span: Omit<RunSpan, "traceId">) => {
    if (spans.length < mostSpans - 1) spans.push({ traceId, ...span });
    else left += 1;
  };
  const begun = new Map<string, number>();
  const idOf = (key: string | null) => (key === null ? rootId : spanIdOf(runId, `step ${key}`));
  const tools = new Map<string, number>();
  for (const event of events) {
    const at = Date.parse(event.at);
    switch (event.type) {
      case "node-start": {
        const key = keyOf(event.path);
        if (!begun.has(key)) begun.set(key, at);
        break;
      }
      case "node-end": {
        const key = keyOf(event.path);
        const startMs = begun.get(key);
        if (startMs === undefined) break;
        const error = event.outcome === "failure" ? event.error.code : null;
        add({
          name: `step ${event.path.at(-1)}`,
          kind: "internal",
          spanId: idOf(key),
          parentId: idOf(aroundOf(event.path)),
          startMs,
          endMs: at,
          error,
          attributes: {
            "pipewright.step.path": key,
            ...(event.outcome === "success" && event.cached && { "pipewright.step.cached": true }),
            ...(content && event.outcome === "success" && { "pipewright.step.outputs": said(event.outputs) }),
          },
        });
        break;
      }
      case "model-call": {
        const operation = operations[event.operation];
        add({
          name: `${operation} ${event.model}`,
          kind: "client",
          spanId: spanIdOf(runId, `call ${event.seq}`),
          parentId: idOf(keyOf(event.path)),
          startMs: at - event.latencyMs,
          endMs: at,
          error: event.error?.code ?? null,
          attributes: {
            "gen_ai.operation.name": operation,
            "gen_ai.provider.name": event.endpoint,
            "gen_ai.request.model": event.model,
            ...(event.usage?.inputTokens != null && { "gen_ai.usage.input_tokens": event.usage.inputTokens }),
            ...(event.usage?.outputTokens != null && { "gen_ai.usage.output_tokens": event.usage.outputTokens }),
            ...(event.firstTokenMs !== null && { "gen_ai.response.time_to_first_chunk": event.firstTokenMs / 1000 }),
            // A price that is not known is left out: it is not 0.
            ...(event.costMicroUsd !== null && { "pipewright.cost_usd": event.costMicroUsd / 1e6 }),
            ...(event.cached && { "pipewright.cached": true }),
            ...(content && event.prompt !== undefined && { "gen_ai.input.messages": said(event.prompt) }),
          },
        });
        break;
      }
      case "tool-call":
        tools.set(`${keyOf(event.path)} ${event.id}`, at);
        break;
      case "tool-result":
        add({
          name: `execute_tool ${event.name}`,
          kind: "internal",
          spanId: spanIdOf(runId, `tool ${event.seq}`),
          parentId: idOf(keyOf(event.path)),
          startMs: tools.get(`${keyOf(event.path)} ${event.id}`) ?? at - event.latencyMs,
          endMs: at,
          error: event.outcome === "success" ? null : event.outcome,
          attributes: {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": event.name,
            "gen_ai.tool.call.id": event.id,
            ...(content && { "gen_ai.tool.call.result": said(event.content) }),
          },
        });
        break;
      default:
    }
  }
  const error = end.outcome === "success" ? null : end.error.code;
  return [
    {
      name: `run ${deployment}`,
      kind: "server",
      traceId,
      spanId: rootId,
      parentId: parent?.spanId ?? null,
      startMs: Date.parse(start.at),
      endMs: Date.parse(end.at),
      error,
      attributes: {
        "pipewright.run.id": runId,
        "pipewright.deployment": deployment,
        "pipewright.run.outcome": end.outcome,
        ...(start.conversation !== undefined && { "gen_ai.conversation.id": start.conversation.id }),
        ...(left > 0 && { "pipewright.spans_left_out": left }),
        ...(content && { "pipewright.run.inputs": said(start.inputs) }),
        ...(content && end.outcome === "success" && { "pipewright.run.outputs": said(end.outputs) }),
      },
    },
    ...spans,
  ];
};
