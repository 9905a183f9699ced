import type { PublicEvent } from "@/runtime/run/public-events";
import type { Answer } from "@/server/platform/lean/answer";
import type { AnswerForm } from "../published/answer-new";
import { wholeAnswer } from "../published/run-answer";
import { type RunStream, type StreamForm, streamRun } from "../published/stream-run";

const say = (event: string, data: object): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** What of a failure a visitor is told: whether to try again, or that it was what they sent. Steps, models and ids stay inside. */
const failureOf = (code: string): string => {
  if (["input-invalid", "input-too-large"].includes(code)) return "input";
  if (["aborted", "cancelled"].includes(code)) return "ended";
  return code === "run-timeout" || code === "timeout" ? "time" : "failed";
};

/** What a visitor sees of a run: the text as it comes, and the answer. No steps, no tools, no costs, no ids of runs. */
export const eventOf = (event: PublicEvent): string => {
  switch (event.type) {
    case "run-start":
      return say("start", event.conversation_id === undefined ? {} : { conversation: event.conversation_id });
    case "output-delta":
      return say("delta", { output: event.output, delta: event.delta });
    case "output-reset":
      return say("reset", { output: event.output });
    case "run-paused":
      return say("paused", {});
    case "run-end":
      return "error" in event
        ? say("end", { status: "failure", why: failureOf(event.error.code) })
        : say("end", { status: event.status, outputs: event.outputs });
    default:
      return "";
  }
};

const form: StreamForm = {
  events: (events) => events.map(eventOf).join(""),
  cut: () => say("end", { status: "failure", why: "ended" }),
};

export const pageAnswers: AnswerForm = {
  whole: wholeAnswer,
  stream: (stream: RunStream): Answer => streamRun({ ...stream, form }),
};
