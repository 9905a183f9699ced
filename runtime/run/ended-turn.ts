import {
  type ConversationSnapshot,
  type ConversationSummary,
  conversationLimits,
  summaryKey,
} from "@/runtime/node/conversation";
import { getOwn } from "@/runtime/node/record";
import type { RunEvent } from "./events";

/** What the end of a run is to its conversation: a turn, or that there is none of it. */
export interface EndedTurn {
  /** Id of the conversation's record. */
  readonly key: string;
  readonly number: number;
  /** null where the run did not end well, or gave no answer: nothing of it is kept, not even the question. */
  readonly said: { readonly question: string; readonly answer: string } | null;
  readonly masksPersonalData: boolean;
  readonly summary: ConversationSummary | null;
}

const asText = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);

const omission = " […]";
/** NUL and halves of surrogate pairs cannot be stored. */
export const keptText = (text: string): string => {
  const most = conversationLimits.message;
  const short = text.length > most ? text.slice(0, most - omission.length) + omission : text;
  return short.replaceAll("\0", "").toWellFormed();
};

type Values = Readonly<Record<string, unknown>>;

/** What the user said: the field that is named, else the first text. */
const questionOf = (inputs: Values, { message }: ConversationSnapshot): string =>
  message === ""
    ? asText(Object.values(inputs).find((value) => typeof value === "string"))
    : asText(getOwn(inputs, message));

/** What was answered: the result that is named, else the first that is there. */
const answerOf = (outputs: Values, { answer }: ConversationSnapshot): string =>
  asText(answer === "" ? Object.values(outputs).find((value) => asText(value).trim() !== "") : getOwn(outputs, answer));

/** What a whole log says of the conversation that its run is a turn of; null where it is of none, or has not ended. */
export const endedTurn = (events: readonly RunEvent[]): EndedTurn | null => {
  const [start] = events;
  const end = events.at(-1);
  if (start?.type !== "run-start" || start.conversation === undefined || end?.type !== "run-end") return null;
  const { conversation, inputs } = start;
  const { key, turn: number, masksPersonalData } = conversation;
  if (end.outcome !== "success") return { key, number, said: null, masksPersonalData, summary: null };
  const question = questionOf(inputs, conversation);
  const answer = answerOf(end.outputs, conversation);
  // Half of a turn would have two users speak after another, or an assistant who says nothing: some models refuse that, others learn from it.
  const said =
    question.trim() === "" || answer.trim() === "" ? null : { question: keptText(question), answer: keptText(answer) };
  return { key, number, said, masksPersonalData, summary: said === null ? null : summaryOf(events) };
};

/** Of several that steps made, the one that goes furthest. */
const summaryOf = (events: readonly RunEvent[]): ConversationSummary | null => {
  let last: ConversationSummary | null = null;
  for (const event of events) {
    if (event.type !== "node-recorded" || event.key !== summaryKey) continue;
    const made = event.value as ConversationSummary;
    if (last === null || made.until >= last.until) last = made;
  }
  return last;
};
