import { z } from "zod";
import type { ChatPart, ChatRequest, NodeContext, Usage } from "@/runtime/node/context";
import * as port from "@/runtime/node/port";
import { defaultReplyPolicy, type ReplyPolicy, settleReply } from "./reply-policy";
import { structuredReply } from "./structured-reply";

const usage = z.object({ inputTokens: z.int(), outputTokens: z.int() });

/** The outputs of a step that asks a model for words. `json` stands on the card only where a schema is set. */
export const replyOutputs = {
  text: port.text({ en: "Text", zh: "文本" }),
  json: port.maybe(port.json(z.unknown(), { en: "JSON", zh: "JSON" })),
  usage: port.maybe(port.json(usage, { en: "Tokens", zh: "用量" })),
  cost: port.maybe(port.number({ en: "Cost (US$)", zh: "费用（美元）" })),
};

interface Reply {
  readonly text: string;
  readonly json?: unknown;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
  readonly cost?: number;
}

/** Asks, yields the words as they come, and returns the whole reply, its JSON checked where the request has a schema. */
export async function* streamReply(
  ctx: Pick<NodeContext, "model" | "log">,
  request: ChatRequest,
  policy: ReplyPolicy = defaultReplyPolicy,
): AsyncGenerator<{ readonly text: string }, Reply, void> {
  let text = "";
  let finish: Extract<ChatPart, { type: "finish" }> | null = null;
  for await (const part of ctx.model.chat(request)) {
    if (part.type === "finish") finish = part;
    else if (part.type === "retract") text = part.what === "text" ? "" : text;
    else if (part.type === "text-delta") {
      text += part.delta;
      yield { text: part.delta };
    }
  }
  settleReply({ text, finish, maxTokens: request.maxTokens }, policy, ctx.log);
  return {
    text,
    ...(request.responseSchema ? { json: await structuredReply(text, request.responseSchema, ctx.log) } : {}),
    // What the endpoint did not say is left out, never 0.
    ...countedUsage(finish?.usage ?? null),
    ...(typeof finish?.costMicroUsd === "number" ? { cost: finish.costMicroUsd / 1_000_000 } : {}),
  };
}

/** The output of a step, where the endpoint counted both ways. */
const countedUsage = (usage: Usage | null): Pick<Reply, "usage"> =>
  usage?.inputTokens == null || usage.outputTokens === null
    ? {}
    : { usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens } };
