import type { ToolOutcome } from "@/runtime/node/once";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { Plan, PlanNode } from "@/runtime/plan/plan";
import { type RunErrorCode, type RunErrorData, runErrors } from "./errors";
import type { RunEvent, Stamp } from "./events";

type Values = Readonly<Record<string, unknown>>;

/** What a caller of a published pipeline is told of a failure: only what the caller can mend, else a code and the run's id. */
export interface PublicError {
  readonly code: RunErrorCode;
  readonly message: string;
  readonly hint: string;
}

/** The stream of a published run. Steps go by their label; prompts, models and settings stay inside. */
export type PublicEventBody =
  /** `conversation_id`: of the conversation that the run is a turn of. */
  | { readonly type: "run-start"; readonly conversation_id?: string }
  | { readonly type: "step-start"; readonly step: string }
  | { readonly type: "step-end"; readonly step: string; readonly outcome: "success" | "failure" | "skipped" }
  /** A step calls a tool: what it is called, and later how that ended. What was sent and what came back stay inside. */
  | { readonly type: "tool-start"; readonly step: string; readonly tool: string; readonly call: string }
  | {
      readonly type: "tool-end";
      readonly step: string;
      readonly tool: string;
      readonly call: string;
      readonly outcome: ToolOutcome["outcome"];
    }
  | { readonly type: "output-delta"; readonly output: string; readonly delta: string }
  /** What was streamed for this output so far is void: the step that writes it starts again. */
  | { readonly type: "output-reset"; readonly output: string }
  /** A person is asked; the run goes on when they have answered, and so does the stream, under the id of this event. */
  | { readonly type: "run-paused"; readonly status: "paused" }
  | { readonly type: "run-resumed" }
  /** `empty`: no branch reached an output, so `outputs` has none. */
  | {
      readonly type: "run-end";
      readonly status: "success" | "empty";
      readonly outputs: Values;
      readonly finishReason: PublicFinishReason;
    }
  | { readonly type: "run-end"; readonly status: "failure" | "aborted"; readonly error: PublicError };

/** Every type of event that a caller may be sent; docs/api.md describes them. */
export const publicEventTypes = Object.keys({
  "run-start": true,
  "step-start": true,
  "step-end": true,
  "tool-start": true,
  "tool-end": true,
  "output-delta": true,
  "output-reset": true,
  "run-paused": true,
  "run-resumed": true,
  "run-end": true,
} satisfies Record<PublicEventBody["type"], true>) as readonly PublicEventBody["type"][];

/** `seq` is that of the run event it stems from, so it rises with gaps; two outputs fed by one port share one. */
export type PublicEvent = Stamp & PublicEventBody;

/** Looked up for every event of every run of a plan. */
export interface PublicView {
  /** Labels of the nodes that are steps to the caller: those that are not the pipeline's own inputs and outputs. */
  readonly steps: ReadonlyMap<string, string>;
  /** Key of a step's path -> port -> names of the outputs it feeds directly; also of steps in containers that run once. */
  readonly sources: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

export const publicView = ({ nodes, outputs }: Plan): PublicView => {
  const sources = new Map<string, Map<string, string[]>>();
  const feed = (
    inside: readonly PlanNode[],
    { node, port }: { readonly node: string; readonly port: string },
    around: string,
    name: string,
  ): void => {
    const key = around + node;
    const ports = sources.get(key) ?? new Map<string, string[]>();
    sources.set(key, ports);
    ports.set(port, [...(ports.get(port) ?? []), name]);
    const container = inside.find(({ id }) => id === node);
    if (container?.body == null || container.definition?.container?.runs !== "once") return;
    const source = container.body.plan.outputs.find((output) => output.name === port)?.source ?? null;
    if (source !== null) feed(container.body.plan.nodes, source, `${key}#0/`, name);
  };
  for (const { name, source } of outputs) if (source !== null) feed(nodes, source, "", name);
  const steps = nodes.filter(({ definition, disabled }) => definition?.boundary === undefined && !disabled);
  return { steps: new Map(steps.map(({ id, label }) => [id, label])), sources };
};

/** Usually none or one. */
export const toPublicEvents = (event: RunEvent, view: PublicView): readonly PublicEvent[] => {
  const { runId, seq, at } = event;
  const stamp = { runId, seq, at };
  switch (event.type) {
    case "run-start":
      return [
        {
          ...stamp,
          type: "run-start",
          ...(event.conversation === undefined ? {} : { conversation_id: event.conversation.id }),
        },
      ];
    case "node-start": {
      if (event.attempt === 1) {
        const step = stepOf(event.path, view);
        return step === undefined ? [] : [{ ...stamp, type: "step-start", step }];
      }
      return outputsOf(event.path, view).map((output) => ({ ...stamp, type: "output-reset", output }));
    }
    case "node-retract": {
      const outputs = event.what === "text" ? outputsOf(event.path, view) : [];
      return outputs.map((output) => ({ ...stamp, type: "output-reset", output }));
    }
    case "node-delta": {
      const outputs = view.sources.get(keyOf(event.path))?.get(event.port);
      return (outputs ?? []).map((output) => ({ ...stamp, type: "output-delta", output, delta: event.delta }));
    }
    case "node-end": {
      const step = stepOf(event.path, view);
      return step === undefined ? [] : [{ ...stamp, type: "step-end", step, outcome: event.outcome }];
    }
    case "tool-call": {
      const step = stepOf(event.path, view);
      return step === undefined ? [] : [{ ...stamp, type: "tool-start", step, tool: event.name, call: event.id }];
    }
    case "tool-result": {
      const { id: call, name: tool, outcome } = event;
      const step = stepOf(event.path, view);
      return step === undefined ? [] : [{ ...stamp, type: "tool-end", step, tool, call, outcome }];
    }
    case "run-paused":
      return [{ ...stamp, type: "run-paused", status: "paused" }];
    case "run-resumed":
      return [{ ...stamp, type: "run-resumed" }];
    case "run-end":
      return event.outcome === "success"
        ? [
            {
              ...stamp,
              type: "run-end",
              status: isEmpty(event.outputs) ? "empty" : "success",
              outputs: event.outputs,
              finishReason: publicFinishReason(event.reply ?? null),
            },
          ]
        : [{ ...stamp, type: "run-end", status: event.outcome, error: toPublicError(event.error) }];
    // What a model thinks is no answer, and not the caller's.
    case "node-thinking":
    case "node-frames":
    // Nor is what people are asked.
    case "node-paused":
    case "model-call":
    case "node-recorded":
    case "cache-lookup":
    case "node-retry":
    case "log":
      return [];
    default:
      return event satisfies never;
  }
};

const isEmpty = (outputs: Values): boolean => Object.keys(outputs).length === 0;

export const toPublicError = ({ code, message }: RunErrorData): PublicError => {
  const { owner, retryable, hint } = runErrors[code];
  if (owner === "caller" || owner === "none") return { code, message, hint };
  return {
    code,
    message: "The pipeline could not answer.",
    hint: retryable ? "Try again later." : "Tell the owner of the pipeline, quoting the run's id.",
  };
};

const finishReasons = { cut: "length", filtered: "content_filter", empty: "empty", unfinished: "unknown" } as const;
export type PublicFinishReason = "stop" | (typeof finishReasons)[ReplyOutcome];

/** How the models' replies in a run ended, in the words that callers know from chat completions; `stop` where all were whole. */
export const publicFinishReason = (reply: ReplyOutcome | null): PublicFinishReason =>
  reply === null ? "stop" : finishReasons[reply];

/** All outputs that a step feeds. */
const outputsOf = (path: readonly string[], view: PublicView): readonly string[] =>
  [...(view.sources.get(keyOf(path))?.values() ?? [])].flat();

/** A frame is the same in each retry of its container. */
const keyOf = (path: readonly string[]): string =>
  path.length === 1 ? (path[0] as string) : path.map((segment) => segment.replace(/~\d+$/, "")).join("/");

/** Steps inside a loop or a map are not the caller's business. */
const stepOf = (path: readonly string[], { steps }: PublicView): string | undefined =>
  path.length === 1 ? steps.get(path[0] as string) : undefined;
