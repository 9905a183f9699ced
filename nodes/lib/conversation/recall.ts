import { estimateTokens } from "@/runtime/knowledge/chunk/estimate-tokens";
import type { NodeContext } from "@/runtime/node/context";
import { type ConversationSnapshot, type ConversationTurn, conversationLimits } from "@/runtime/node/conversation";
import type { Message } from "@/runtime/node/port";
import { summarise } from "./summarise";
import { isChinese } from "./transcript";

export interface RecallSettings {
  readonly remember: "messages" | "tokens" | "summary";
  readonly messages: number;
  readonly tokens: number;
  readonly model: string;
}

const messagesOf = (turns: readonly ConversationTurn[]): Message[] =>
  turns.flatMap(({ question, answer }): Message[] => [
    { role: "user", content: question },
    { role: "assistant", content: answer },
  ]);

/** The latest turns that fit together into so many tokens: whole ones, so that no answer stands without its question. */
export const turnsWithin = (turns: readonly ConversationTurn[], tokens: number): readonly ConversationTurn[] => {
  let left = tokens;
  let first = turns.length;
  while (first > 0) {
    const { question, answer } = turns[first - 1] as ConversationTurn;
    left -= estimateTokens(question) + estimateTokens(answer);
    if (left < 0) break;
    first -= 1;
  }
  return turns.slice(first);
};

/** The latest so many messages, as whole turns. */
const latest = (turns: readonly ConversationTurn[], messages: number): readonly ConversationTurn[] =>
  turns.slice(-Math.max(1, Math.floor(messages / 2)));

const charactersOf = (turns: readonly ConversationTurn[]): number =>
  turns.reduce((sum, { question, answer }) => sum + question.length + answer.length, 0);

/** The latest turns of at most so many characters together, at least one. */
const latestWithin = (turns: readonly ConversationTurn[], characters: number): readonly ConversationTurn[] => {
  let first = turns.length - 1;
  while (first > 0 && charactersOf(turns.slice(first - 1)) <= characters) first -= 1;
  return turns.slice(Math.max(0, first));
};

/**
 * A summary as a turn of its own before the others: models that take instructions only as the first message, or want user and assistant to take turns, take that, too.
 */
const summaryMessages = (text: string): Message[] => {
  const inChinese = isChinese([text]);
  return [
    { role: "user", content: `${inChinese ? "【此前对话的摘要】" : "[What was said before, in short]"}\n${text}` },
    { role: "assistant", content: inChinese ? "好的。" : "I see." },
  ];
};

/**
 * What a step is told of the conversation so far. In the third way the latest turns stand as they were; once there are twice as many as are asked for, or they
 * fill half of what a run is given, the older ones are folded into the summary by one call, so that not every turn costs one.
 */
export const recall = async (
  { remember, messages, tokens, model }: RecallSettings,
  { turns, summary }: ConversationSnapshot,
  ctx: Pick<NodeContext, "model" | "once" | "log" | "signal">,
): Promise<readonly Message[]> => {
  if (remember === "messages") return messagesOf(latest(turns, messages));
  if (remember === "tokens") {
    const fitting = turnsWithin(turns, tokens);
    if (fitting.length === 0 && turns.length > 0) {
      ctx.log("warn", `Nothing is remembered: the last turn alone is longer than ${tokens} tokens.`);
    }
    return messagesOf(fitting);
  }
  const since = turns.filter(({ number }) => number > (summary?.until ?? 0));
  const lost = (since[0]?.number ?? 1) - (summary?.until ?? 0) - 1;
  if (lost > 0) ctx.log("warn", `${lost} turns that the summary does not cover are not remembered.`);
  // Twice as many have to be among those that a run is given.
  const wanted = latest(since, Math.min(messages, conversationLimits.turns - 10));
  const isLong = charactersOf(since) > conversationLimits.characters / 2;
  const kept = isLong ? latestWithin(wanted, conversationLimits.characters / 4) : wanted;
  if (since.length <= kept.length * 2 && !(isLong && kept.length < since.length))
    return [...(summary === null ? [] : summaryMessages(summary.text)), ...messagesOf(since)];
  const folded = await summarise(model, summary, since.slice(0, since.length - kept.length), ctx);
  if (folded === null)
    return [...(summary === null ? [] : summaryMessages(summary.text)), ...messagesOf(latest(since, messages * 2))];
  return [...summaryMessages(folded.text), ...messagesOf(kept)];
};
