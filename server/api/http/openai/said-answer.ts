import { runErrors } from "@/runtime/run/errors";
import type { PublicEvent, PublicFinishReason } from "@/runtime/run/public-events";
import { publicFinishReason } from "@/runtime/run/public-events";
import type { RunState } from "@/runtime/run/reduce";
import type { PublicTurn } from "@/server/domain/run/conversation/conversation-of";
import type { Expense } from "@/server/domain/run/expense-of";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { runRefusal } from "../published/refuse-run";
import { type AnswerFormat, writeAnswer } from "./answer-text";
import { StreamedAnswer } from "./streamed-answer";

/** What a request asks of the answer's form. */
export interface Wanted {
  readonly model: string;
  /** The output that is the reply. */
  readonly output: string | null;
  readonly format: AnswerFormat;
  readonly includeUsage: boolean;
}

export type FinishReason = "stop" | "length" | "content_filter";

/** A reply of which nobody said that it is complete is told as one that was cut: `stop` would say that it is whole. */
const finishReasons = {
  stop: "stop",
  empty: "stop",
  length: "length",
  unknown: "length",
  content_filter: "content_filter",
} as const satisfies Record<PublicFinishReason, FinishReason>;

/** A run that waits for a person cannot be answered here: it goes on, and is asked for at its own address. */
const waitsForPerson = (slug: string, runId: string): RouteRefusal =>
  new RouteRefusal(409, "run-paused", "A person is asked before the pipeline can answer.", {
    hint: `The run goes on when they have answered; ask for it at ${baseUrl(readAddress())}/api/v1/pipelines/${slug}/runs/${runId}.`,
    runId,
  });

const saidOtherwise = (runId: string): RouteRefusal =>
  new RouteRefusal(502, "answer-restarted", "A step started again and answers otherwise than was said before.", {
    hint: "Ask again, or without a stream.",
    runId,
  });

export const cutShort = (runId: string): RouteRefusal =>
  new RouteRefusal(503, "interrupted", "The app is being restarted.", { hint: "Ask again in a moment.", runId });

/** The whole of an answer. Throws a `RouteRefusal` where there is none. */
export const wholeReply = (slug: string, state: RunState, { output, format }: Wanted) => {
  const { runId, error, status, outputs, reply } = state;
  if (error !== null) throw runRefusal(error, runId);
  if (status === "paused") throw waitsForPerson(slug, runId);
  const text = writeAnswer(outputs ?? {}, output, format, runId);
  return { text, finishReason: finishReasons[publicFinishReason(reply)], created: secondsOf(state.startedAt) };
};

export const secondsOf = (at: string | null): number => Math.floor(Date.parse(at ?? "1970-01-01T00:00:00.000Z") / 1000);

/** What a stream says next: that it begins, a piece of text, how it ended, or why it did not. */
export type Said =
  /** `turn`: of the conversation that the run is a turn of; empty for a run by itself. */
  | { readonly type: "begin"; readonly runId: string; readonly created: number; readonly turn: PublicTurn }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "end"; readonly finishReason: FinishReason; readonly expense: Expense | undefined }
  | { readonly type: "error"; readonly refusal: RouteRefusal };

const turnIn = ({ conversation_id }: { readonly conversation_id?: string }): PublicTurn =>
  conversation_id === undefined ? {} : { conversation_id };

/** Makes of a run's public events what a stream of one reply says. */
export const saidOf = ({
  model,
  output,
  format,
}: Wanted): ((event: PublicEvent, expense?: Expense) => readonly Said[]) => {
  const answer = new StreamedAnswer();
  let isOver = false;
  const stop = (refusal: RouteRefusal): readonly Said[] => {
    isOver = true;
    return [{ type: "error", refusal }];
  };
  const piece = (text: string | null, runId: string): readonly Said[] => {
    if (text === null) return stop(saidOtherwise(runId));
    return text === "" ? [] : [{ type: "text", text }];
  };
  return (event, expense) => {
    if (isOver) return [];
    const { runId } = event;
    switch (event.type) {
      case "run-start":
        return [{ type: "begin", runId, created: secondsOf(event.at), turn: turnIn(event) }];
      case "output-delta":
        return event.output === output && format.kind === "text" ? piece(answer.add(event.delta), runId) : [];
      case "output-reset":
        if (event.output === output) answer.again();
        return [];
      case "run-paused":
        return stop(waitsForPerson(model, runId));
      case "run-end": {
        if ("error" in event) {
          const { code, message, hint } = event.error;
          return stop(new RouteRefusal(runErrors[code].status, code, message, { hint, runId }));
        }
        try {
          const rest = piece(answer.end(writeAnswer(event.outputs, output, format, runId)), runId);
          if (isOver) return rest;
          return [...rest, { type: "end", finishReason: finishReasons[event.finishReason], expense }];
        } catch (error) {
          if (error instanceof RouteRefusal) return stop(error);
          throw error;
        }
      }
      default:
        return [];
    }
  };
};
