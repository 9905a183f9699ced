import { conversationOf, type PublicTurn } from "@/server/domain/run/conversation/conversation-of";
import type { Expense } from "@/server/domain/run/expense-of";
import { expenseOf } from "@/server/domain/run/expense-of";
import { jsonAnswer } from "@/server/platform/lean/answer";
import type { AnswerForm } from "../published/answer-new";
import { streamRun } from "../published/stream-run";
import { openAiError } from "./openai-refusal";
import { cutShort, type Said, saidOf, type Wanted, wholeReply } from "./said-answer";

/** null where the tokens of some call are not known. */
const usageOf = ({ usage }: Pick<Expense, "usage">) => {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === null || outputTokens === null) return null;
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
};

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

/** Answers as chat completions do. */
export const chatForm = (wanted: Wanted): AnswerForm => ({
  whole: (slug, state) => {
    const { text, finishReason, created } = wholeReply(slug, state, wanted);
    return jsonAnswer({
      id: `chatcmpl-${state.runId}`,
      object: "chat.completion",
      created,
      model: wanted.model,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: text, refusal: null },
          logprobs: null,
          finish_reason: finishReason,
        },
      ],
      usage: usageOf(expenseOf(state)),
      ...conversationOf(state),
    });
  },
  stream: (stream) => {
    const say = saidOf(wanted);
    const chunk = chunks(wanted);
    return streamRun({
      ...stream,
      form: {
        events: (events, _, expense) =>
          events
            .flatMap((event) => say(event, expense))
            .map(chunk)
            .join(""),
        cut: (runId) => data(openAiError(cutShort(runId))),
      },
    });
  },
});

/** Writes what a stream says as chunks; the tokens stand in one of their own, only where they were asked for. */
const chunks = ({ model, includeUsage }: Wanted): ((said: Said) => string) => {
  let id = "chatcmpl-";
  let created = 0;
  let turn: PublicTurn = {};
  const write = (choices: readonly unknown[], usage: unknown = null): string =>
    data({ id, object: "chat.completion.chunk", created, model, choices, ...(includeUsage && { usage }), ...turn });
  const choice = (delta: object, finish: string | null = null) => [
    { index: 0, delta, logprobs: null, finish_reason: finish },
  ];
  return (said) => {
    switch (said.type) {
      case "begin":
        id = `chatcmpl-${said.runId}`;
        created = said.created;
        turn = said.turn;
        return write(choice({ role: "assistant", content: "" }));
      case "text":
        return write(choice({ content: said.text }));
      case "error":
        return data(openAiError(said.refusal));
      case "end": {
        const usage = includeUsage ? write([], said.expense === undefined ? null : usageOf(said.expense)) : "";
        return `${write(choice({}, said.finishReason))}${usage}data: [DONE]\n\n`;
      }
      default:
        return said satisfies never;
    }
  };
};
