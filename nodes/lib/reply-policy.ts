import { z } from "zod";
import type { ChatPart, NodeContext } from "@/runtime/node/context";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import { outcomeOf, type ReplyOutcome } from "@/runtime/node/reply/reply-outcome";

const options = {
  fail: { en: "Stop with an error", zh: "报错并停止" },
  retry: { en: "Ask once more, then stop", zh: "再问一次，仍不行则停止" },
  warn: { en: "Go on, with a warning", zh: "继续运行并给出警告" },
} as const;
const { retry: _, ...failOrWarn } = options;

/** What a step does about a reply that is not whole; the same in every step that asks a model in words. */
export const replyPolicyFields = {
  onCut: z
    .enum(["warn", "fail"])
    .default("warn")
    .meta(
      field({
        title: { en: "When a reply is cut off", zh: "回复被截断时" },
        help: {
          en: "It reached the longest reply, or the endpoint closed it without saying that it is complete.",
          zh: "达到了最长回复，或端点没有说明回复已完整就结束了。",
        },
        control: "select",
        group: "advanced",
        options: failOrWarn,
      }),
    ),
  onFiltered: z
    .enum(["fail", "retry", "warn"])
    .default("fail")
    .meta(
      field({
        title: { en: "When a reply is held back", zh: "回复被拦截时" },
        help: {
          en: "The endpoint's filter held it back, or the model declined to answer.",
          zh: "端点的内容过滤拦下了回复，或模型拒绝回答。",
        },
        control: "select",
        group: "advanced",
        options,
      }),
    ),
  onEmpty: z
    .enum(["fail", "retry", "warn"])
    .default("fail")
    .meta(
      field({
        title: { en: "When a reply is empty", zh: "回复为空时" },
        help: {
          en: "Not a word of an answer came, for example because thinking used up the longest reply.",
          zh: "没有得到任何回答，例如思考过程用完了最长回复的额度。",
        },
        control: "select",
        group: "advanced",
        options,
      }),
    ),
};

const settings = z.object(replyPolicyFields);
export type ReplyPolicy = z.output<typeof settings>;
export const defaultReplyPolicy: ReplyPolicy = settings.parse({});

type Finish = Extract<ChatPart, { readonly type: "finish" }>;
interface Faulty {
  readonly text: string;
  readonly finish: Finish | null;
  readonly maxTokens: number | undefined;
}

const codes = { cut: "reply-cut", unfinished: "reply-cut", filtered: "reply-filtered", empty: "reply-empty" } as const;

const sayEmpty = (finish: Finish | null): string => {
  if (finish?.reason === "tool-calls")
    return "The model asked for a tool and said nothing; no tools are offered to it.";
  if (finish?.reason === "length" || (finish?.usage?.thinkingTokens ?? 0) > 0) {
    const thought = finish?.usage?.thinkingTokens ?? finish?.usage?.outputTokens;
    return `The model gave no answer: ${thought === undefined ? "all tokens" : `all of its ${thought} tokens`} went into thinking.`;
  }
  return "The model gave an empty reply.";
};

const say = (outcome: ReplyOutcome, { finish, maxTokens }: Faulty): string => {
  switch (outcome) {
    case "cut":
      return maxTokens === undefined ? "The reply was cut off." : `The reply was cut off after ${maxTokens} tokens.`;
    case "unfinished":
      return "The endpoint closed the reply without saying that it is complete.";
    case "filtered":
      return finish?.reason === "refusal"
        ? "The model declined to answer."
        : "The endpoint held the reply, or a part of it, back.";
    case "empty":
      return sayEmpty(finish);
    default:
      return outcome satisfies never;
  }
};

const hints: Readonly<Record<ReplyOutcome, string>> = {
  cut: "Raise the longest reply, or ask for less.",
  unfinished: "Try again, and look into the server's log.",
  filtered: "Change the prompt, or use another model.",
  empty: "Raise the longest reply, or use a model that thinks less.",
};

/** Does what the policy says about a reply that is not whole: fails, asks again by failing once, or warns. */
export const settleReply = (faulty: Faulty, policy: ReplyPolicy, log: NodeContext["log"]): void => {
  const { finish, text } = faulty;
  const outcome = finish === null ? outcomeOf("unsaid", text) : finish.outcome;
  if (outcome === null) return;
  const by = { cut: policy.onCut, unfinished: policy.onCut, filtered: policy.onFiltered, empty: policy.onEmpty }[
    outcome
  ];
  const message = say(outcome, faulty);
  if (by === "warn") {
    log("warn", message);
    return;
  }
  const said = text.trim() === "" ? "" : ` It said: ${text.slice(0, 300)}`;
  throw new NodeFailure(codes[outcome], `${message}${said}`, {
    hint: hints[outcome],
    ...(by === "retry" ? { tries: 2 } : {}),
  });
};
