import { conversationOf, type PublicTurn } from "@/server/domain/run/conversation/conversation-of";
import { type Expense, expenseOf } from "@/server/domain/run/expense-of";
import { jsonAnswer } from "@/server/platform/lean/answer";
import type { AnswerForm } from "../published/answer-new";
import { streamRun } from "../published/stream-run";
import { openAiError } from "./openai-refusal";
import { cutShort, type FinishReason, type Said, saidOf, type Wanted, wholeReply } from "./said-answer";

/** What a response repeats of its request. */
export interface Repeated {
  readonly instructions: string | null;
  readonly metadata: unknown;
  readonly user: string | null;
  readonly textFormat: unknown;
  /** `previous_response_id` as it was sent. */
  readonly previous: string | null;
  readonly store: boolean;
}

const usageOf = ({ usage }: Pick<Expense, "usage">) => {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === null || outputTokens === null) return null;
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
};

interface Written {
  readonly runId: string;
  readonly created: number;
  readonly status: "in_progress" | "completed" | "incomplete" | "failed";
  readonly text?: string;
  readonly finishReason?: FinishReason;
  readonly usage?: unknown;
  readonly turn: PublicTurn;
  readonly error?: { readonly code: string; readonly message: string };
}

const messageOf = (runId: string, text: string | null, status: "in_progress" | "completed" | "incomplete") => ({
  id: `msg_${runId}`,
  type: "message",
  status,
  role: "assistant",
  content: text === null ? [] : [{ type: "output_text", text, annotations: [], logprobs: [] }],
});

const reasons = { length: "max_output_tokens", content_filter: "content_filter" } as const;

const responseOf = (wanted: Wanted, repeated: Repeated, written: Written) => {
  const { runId, created, status, text, turn, finishReason = "stop", usage = null, error = null } = written;
  return {
    id: `resp_${runId}`,
    object: "response",
    created_at: created,
    status,
    background: false,
    error,
    incomplete_details: finishReason === "stop" ? null : { reason: reasons[finishReason] },
    instructions: repeated.instructions,
    max_output_tokens: null,
    metadata: repeated.metadata ?? {},
    model: wanted.model,
    output: text === undefined ? [] : [messageOf(runId, text, status === "incomplete" ? "incomplete" : "completed")],
    parallel_tool_calls: false,
    previous_response_id: repeated.previous,
    conversation: turn.conversation_id === undefined ? null : { id: turn.conversation_id },
    store: repeated.store,
    temperature: null,
    text: { format: repeated.textFormat ?? { type: "text" } },
    tool_choice: "none",
    tools: [],
    top_p: null,
    truncation: "disabled",
    usage,
    user: repeated.user,
  };
};

/** Answers as the Responses API does. */
export const responsesForm = (wanted: Wanted, repeated: Repeated): AnswerForm => ({
  whole: (slug, state) => {
    const { text, finishReason, created } = wholeReply(slug, state, wanted);
    const status = finishReason === "stop" ? "completed" : "incomplete";
    const usage = usageOf(expenseOf(state));
    const turn = conversationOf(state);
    const written = { runId: state.runId, created, status, text, finishReason, usage, turn } as const;
    return jsonAnswer(responseOf(wanted, repeated, written));
  },
  stream: (stream) => {
    const say = saidOf(wanted);
    const writer = events(wanted, repeated);
    return streamRun({
      ...stream,
      form: {
        events: (all, _, expense) =>
          all
            .flatMap((event) => say(event, expense))
            .map(writer)
            .join(""),
        cut: (runId) => writer({ type: "error", refusal: cutShort(runId) }),
      },
    });
  },
});

/** Writes what a stream says as numbered events. */
const events = (wanted: Wanted, repeated: Repeated): ((said: Said) => string) => {
  let number = 0;
  let runId = "";
  let created = 0;
  let turn: PublicTurn = {};
  let text = "";
  const write = (type: string, more: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...more })}\n\n`;
  const response = (written: Omit<Written, "runId" | "created" | "turn">) => ({
    response: responseOf(wanted, repeated, { runId, created, turn, ...written }),
  });
  const item = () => ({ item_id: `msg_${runId}`, output_index: 0, content_index: 0 });
  const part = (of: string) => ({ part: { type: "output_text", text: of, annotations: [], logprobs: [] } });
  return (said) => {
    switch (said.type) {
      case "begin":
        ({ runId, created, turn } = said);
        return [
          write("response.created", response({ status: "in_progress" })),
          write("response.in_progress", response({ status: "in_progress" })),
          write("response.output_item.added", { output_index: 0, item: messageOf(runId, null, "in_progress") }),
          write("response.content_part.added", { ...item(), ...part("") }),
        ].join("");
      case "text":
        text += said.text;
        return write("response.output_text.delta", { ...item(), delta: said.text, logprobs: [] });
      case "error": {
        const { error } = openAiError(said.refusal);
        return write(
          "response.failed",
          response({ status: "failed", error: { code: error.code, message: error.message } }),
        );
      }
      case "end": {
        const { finishReason, expense } = said;
        const status = finishReason === "stop" ? "completed" : "incomplete";
        const usage = expense === undefined ? null : usageOf(expense);
        return [
          write("response.output_text.done", { ...item(), text, logprobs: [] }),
          write("response.content_part.done", { ...item(), ...part(text) }),
          write("response.output_item.done", { output_index: 0, item: messageOf(runId, text, status) }),
          write(`response.${status}`, response({ status, text, finishReason, usage })),
        ].join("");
      }
      default:
        return said satisfies never;
    }
  };
};
